# 端末に出す言葉。
cli-sign-in-as = { $address } でサインインしてください。
cli-enter-code = 上のアドレスをほかの端末で開き、コードを入力して、{ $address } でサインインしてください。
cli-paste = ［承諾］のあとに開いたページのアドレス（http://localhost: から始まるもの）を、ここに貼り付けてください。
cli-returned = ブラウザーから戻りました。確かめています…
cli-authorized = 認可設定が、完了しました。
cli-several-causes = 考えられる原因がいくつかあります:
cli-fixer-owner = 直せる人: あなた
cli-fixer-tenant-admin = 直せる人: Microsoft 365 の管理者
cli-fixer-mail-provider = 直せる人: メールサービスの会社
cli-fixer-network-admin = 直せる人: ネットワークの管理者
cli-fixer-app-publisher = 直せる人: このプログラムの提供元
cli-fixer-wait = 直せる人: なし（時間がたてば直ります）
cli-passphrase = 端末では、環境変数 NINKA_PASSPHRASE にパスフレーズを入れると、鍵の保管場所がなくても使えます。
cli-import-not-yet = まだ何も登録していません。登録するには --yes を付けてください。
cli-import-done = { $count }件のアカウントを登録しました。
cli-authorization-none = まだ認可されていません。
cli-authorization-good = { $next } ごろ、自動で更新されます。このパソコンを使わなくても { $until } まで有効です。
cli-authorization-failing = { $since } から更新できていません。次は { $next } に試します。このままでも { $until } まで有効です。理由: { $problem }
cli-authorization-lapsed = { $since } に有効期限が切れました。
cli-authorization-refused = { $since } に無効になったことがわかりました。理由: { $problem }
cli-status = 対応が必要なアカウント: { $count }件
cli-practice-runs = 練習用のサーバーが動いています。Ctrl-C で終わります。
cli-proof-looking = 受信の準備ができているかを見ています…
cli-proof-sending = テストメールを自分あてに送っています…
cli-proof-waiting = 届くのを待っています…
cli-proof-arrived = { $seconds }秒で届きました。
cli-proof-subject = 件名: { $subject }
cli-proof-same = 件名も本文も、1文字も変わらずに届きました。
cli-proof-changed = 途中で文字が変わりました。
cli-proof-not-arrived = 送りましたが、{ $seconds }秒待っても届きませんでした。迷惑メールのフォルダーと、ほかのプログラムが先に取り込んでいないかを見てください。
cli-proof-sent = テストメールを送りました。このアカウントには受信の認可がないため、届いたかどうかは見られません。
cli-proof-failed-before = テストメールは送られていません。
cli-proof-failed-after = テストメールは送られましたが、受信箱を見られませんでした。
cli-signs-in = サインインする人
cli-signs-in-open = （最初に認可した人）


# バックアップと復元
cli-backup-passphrase = バックアップのパスフレーズ:{" "}
cli-backup-again = もう一度:{" "}
cli-backup-made = { $path } に、{ $accounts }件のメールアカウントのバックアップを作りました。
cli-backup-without = { $without }件のアカウントは、鍵が手元にないため、認可かパスワードが入っていません。
cli-backup-holds = { $at } に Ninka { $version } で作成、メールアカウント { $accounts }件
cli-restored = { $accounts }件のメールアカウントを復元しました。
cli-restore-not-yet = まだ復元していません。復元するには --yes を付けてください。
cli-operator-name = 担当者の名前
cli-operator-password = { $name } さんのパスワード
cli-operator-new-password = { $name } さんの新しいパスワード
cli-operator-again = もう一度
cli-operator-differs = 2つのパスワードが違います。何も変えていません。
cli-operator-needed = 端末からは --operator 名前 を付け、パスワードを標準入力の1行目に入れると、対話なしで使えます。
cli-operator-on = 権限設定を有効にしました。{ $name } さんは、すべてを更新できます。
cli-operator-off = 権限設定を無効にしました。
cli-operator-reset = { $name } さんのパスワードを付け直し、すべてを更新できるようにしました。操作の記録に残りました。

# サポート用レポート
cli-report-made = { $path } にレポートを書き出しました。送る前に、開いて中身を確かめてください。
