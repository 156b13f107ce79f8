# サポート
support-title = サポート
support-code = お問い合わせコードを調べる
support-code-hint = お客様の画面の失敗のそばに出ている8文字を入れると、お客様と同じ説明が出ます。
support-code-example = 40EJ-80GE
support-code-explain = 調べる
support-code-place = 場所：{ $place }
support-code-kind = アカウント：{ $kind }
support-code-version = お客様のNinka：バージョン{ $version }
support-error = エラー文の説明
support-error-hint = ほかのメールソフトや受注システムに出たエラー文を貼り付けると、原因と、直せる人と、手順をお伝えします。
support-error-label = エラー文
support-error-private = この説明は、このパソコンの中だけで行います。貼り付けた内容は、どこにも送らず、残しません。
support-error-example = 例: 535 5.7.139 Authentication unsuccessful, …
support-error-explain = 説明を見る
support-error-clear = 消す
support-error-cut = 長いため、途中を省いて、初めと終わりだけを読みました。
support-error-address = （お使いのメールアドレス）
support-code-several = お客様の画面には、ほかの原因も並んでいます。これは、いちばん考えられる原因です。

# このパソコンの確認
self-test-title = このパソコンを確認する
self-test-hint = アカウントがなくても試せます。サインインはせず、メールも送りません。
self-test-start = 確認する
self-test-again = もう一度
self-test-running = 確認しています…
self-test-all-well = すべて問題ありません。
self-test-some-failed = { $count }件、うまくいかない項目があります。
self-test-part-vault = パスワードと認可の保管
self-test-part-loopback = ブラウザーから戻る道（このパソコンの中の通信）
self-test-part-names = 名前を調べる（DNS）
self-test-part-sign-in = サインインのサーバーに届く
self-test-part-certificate = サインインのサーバーの証明書
self-test-part-clock = パソコンの時計
self-test-part-pop3 = 受信（POP3）のサーバーに届く
self-test-part-imap = 受信（IMAP）のサーバーに届く
self-test-part-smtp = 送信（SMTP）のサーバーに届く
self-test-part-proxy = プロキシ
