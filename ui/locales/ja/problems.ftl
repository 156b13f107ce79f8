# 利用者が出会う問題。値は一文で「何が起きたか」、.fix は次にすること。

problem-invalid = 入力内容に直すところがあります。
    .fix = 印の付いた項目を直して、もう一度保存してください。
problem-account-gone = このメールアカウントは、すでに削除されています。
    .fix = 一覧に戻ってください。
problem-account-changed = 別の画面で、このメールアカウントが変更されました。
    .fix = 最新の内容を読み込み、もう一度変更してください。
problem-setting-invalid = 設定「{ $key }」の値が正しくありません。
    .fix = 使える値を確かめて、入れ直してください。

problem-file-unwritable = ファイルを書き込めません（{ $path }）。
    .fix = 場所と空き容量を確かめて、もう一度行ってください。
problem-table-unreadable = 表を読めませんでした。「メールアドレス」の列がある、CSV形式の表ではないようです。
    .fix = Excelでは「名前を付けて保存」でファイルの種類に「CSV UTF-8（コンマ区切り）」を選び、もう一度読み込んでください。
problem-file-unreadable = ファイルを読めません（{ $path }）。
    .fix = 場所と名前、読み取りの権限を確認してください。ほかのプログラムで開いているときは、閉じてください。
problem-table-too-large = 表が大きすぎます（10MB、20,000行まで）。
    .fix = いくつかのファイルに分けて、順に読み込んでください。
problem-table-has-faults = 表に直すところがあるため、何も登録していません（{ $count }行）。
    .fix = 示された行を直して、もう一度読み込んでください。

problem-database-newer = データは新しい版のNinkaで作られています（データの版 { $found }、この版が読めるのは { $supported } まで）。
    .fix = 新しい版のNinkaで開いてください。データはそのまま残っています。
problem-database-unreadable = データを開けません（{ $path }）。
    .fix = フォルダーのアクセス権と、ディスクの状態を確かめてください。ファイルは消さないでください。
problem-disk-full = ディスクの空きがないため、保存できませんでした（{ $path }）。
    .fix = 空きを作ってから、もう一度行ってください。保存済みの内容は失われていません。
problem-disk-read-only = 書き込みができないため、保存できませんでした（{ $path }）。
    .fix = フォルダーのアクセス権を確かめてください。保存済みの内容は失われていません。
problem-database-busy = ほかのNinkaがデータを使っていて、保存できませんでした。
    .fix = 少し待って、もう一度行ってください。

problem-keyring-missing = このパソコンの鍵の保管場所（キーチェーン、資格情報マネージャー）が見つかりません。
    .fix = パスフレーズで守るか、「終了するまで」だけ使うかを選んでください。
problem-keyring-locked = このパソコンの鍵の保管場所に、鍵がかかっています。
    .fix = 鍵を開けてから再試行するか、パスフレーズで守るか、「終了するまで」だけ使うかを選んでください。
problem-keyring-refused = このパソコンの鍵の保管場所が、使用を断りました（{ $detail }）。
    .fix = パスフレーズで守るか、「終了するまで」だけ使うかを選んでください。
problem-keyring-key-lost = 保存した認可とパスワードを開く鍵が、このパソコンの鍵の保管場所に見つかりません。
    .fix = データを別のパソコンから写したときは、元のパソコンで開いてください。元に戻せないときは、パスフレーズを決めて続け、各アカウントで再認可してください。
problem-passphrase-needed = 認可とパスワードは、パスフレーズで守られています。
    .fix = パスフレーズを入力してください。
problem-passphrase-wrong = パスフレーズが違います。
    .fix = もう一度入力してください。
problem-passphrase-too-short = パスフレーズが短すぎます。
    .fix = { $least }文字以上にしてください。

problem-client-id-missing = クライアントIDが設定されていません。
    .fix = 設定 › Microsoftとの接続 で、手順に沿ってクライアントIDを入力してください。
problem-not-oauth = このメールアカウントは、OAuth認証を使っていません。
    .fix = 編集画面で「OAuth認証を使用してPOP、SMTPプロトコルに接続」をオンにしてください。
problem-nothing-to-undo = 切り替える前の設定は、もう残っていません。
    .fix = 接続確認に通ったか、設定が変更されたためです。アカウントとパスワードでの接続に戻すには、編集画面で入力してください。
problem-loopback-unavailable = ブラウザーからの戻り先を、このパソコンの中に用意できませんでした（{ $detail }）。
    .fix = セキュリティソフトがパソコン内部（localhost）の通信を止めていないか確かめて、もう一度行ってください。
problem-loopback-blocked = ブラウザーからの戻り先（{ $address }）への通信が、ファイアウォールかセキュリティソフトに止められています。
    .fix = セキュリティソフトの設定で、Ninkaのパソコン内部（localhost）の通信を許可してください。いますぐ認可するには、ほかの端末でコードを使ってください。
problem-loopback-proxied = ブラウザーからの戻り先（{ $address }）への通信を、プロキシ（{ $by }）が受け取っています。
    .fix = プロキシの設定で、localhost と 127.0.0.1 を除外してもらってください。いますぐ認可するには、ほかの端末でコードを使ってください。
problem-loopback-taken = ブラウザーからの戻り先（{ $address }）への通信に、ほかのプログラム（{ $by }）が答えています。
    .fix = 通信を検査するソフトを止めるか、localhost を対象から外してください。いますぐ認可するには、ほかの端末でコードを使ってください。
problem-browser-not-opened = ブラウザーを開けませんでした。
    .fix = アドレスをコピーして、ブラウザーに貼り付けてください。
problem-consent-in-progress = このメールアカウントの認可は、すでに進行中です。
    .fix = 開いているブラウザーで続けるか、いったんキャンセルしてください。
problem-consent-timed-out = { $minutes }分のあいだ、ブラウザーから戻ってきませんでした。
    .fix = ページを閉じたときや、パソコンがスリープしたときにも起こります。もう一度［認可］を押してください。これまでの認可は変わっていません。
problem-consent-over = この認可は、もう待っていません。
    .fix = もう一度［認可］を押してください。これまでの認可は変わっていません。
problem-paste-not-an-address = アドレスの形ではありません。
    .fix = ブラウザーのアドレス欄をクリックし、http://localhost: から始まる全体をコピーして貼り付けてください。
problem-paste-sign-in-page = これはMicrosoftのサインインのページのアドレスです。
    .fix = ブラウザーで［承諾］まで進み、そのあとに開いたページ（http://localhost: から始まるもの）のアドレスを貼り付けてください。
problem-paste-elsewhere = これは、認可の最後のページのアドレスではありません。
    .fix = ［承諾］のあとに開いたページ（http://localhost: から始まるもの）のアドレスを貼り付けてください。
problem-paste-no-answer = このアドレスには、Microsoftの答えが入っていません。
    .fix = 途中が欠けていないか確かめ、アドレス欄の全体をコピーし直してください。
problem-paste-other-attempt = これは、別のときの認可のアドレスです。
    .fix = いま開いているサインインのページで［承諾］まで進み、そのアドレスを貼り付けてください。
problem-device-code-unavailable = サインインのサーバー（{ $host }）から、ほかの端末で使うコードを受け取れませんでした。
    .fix = ブラウザーで認可してください。そのまま待っています。
problem-device-code-expired = コードの有効時間が過ぎました。
    .fix = 新しいコードを表示して、もう一度入力してください。
problem-device-refresh-token-missing = コードでの認可では、認可を保つための情報が届きませんでした。組織の設定で止められていることがあります。
    .fix = このパソコンのブラウザーで認可してください。そのまま待っています。
problem-cancelled = キャンセルしました。
    .fix = 続けるときは、もう一度行ってください。これまでの内容は変わっていません。
problem-wrong-account-signed-in = 別のアカウントでサインインされました。必要なのは { $expected } ですが、サインインしたのは { $actual } です。
    .fix = もう一度［認可］を押し、{ $expected } を選んでサインインしてください。何も保存していません。パスワードのない共有メールボックスなら、先に「共有メールボックスのアドレスです」をオンにしてください。
problem-wrong-person-signed-in = 共有メールボックス { $mailbox } に、別の人がサインインしました。必要なのは { $expected } ですが、サインインしたのは { $actual } です。
    .fix = もう一度［認可］を押し、{ $expected } を選んでサインインしてください。何も保存していません。これからは { $actual } さんがサインインするなら、先に「サインインする人」をそのアドレスに変えてください。
problem-scopes-missing = Microsoftから、必要な許可の一部が得られませんでした（{ $scopes }）。
    .fix = 管理者に、アプリの登録へこの権限を加えてもらってください。これまでの認可は変わっていません。
problem-refresh-token-missing = Microsoftから、認可を保つための情報が届きませんでした。
    .fix = もう一度［認可］を押してください。続くときは、管理者に offline_access の許可を確かめてもらってください。
problem-id-token-invalid = サインインの答えを確かめられませんでした（{ $claim }）。
    .fix = パソコンの日付と時刻を確かめて、もう一度［認可］を押してください。何も保存していません。
problem-sign-in-unreachable = サインインのサーバー（{ $host }）につながりません。
    .fix = インターネットの接続を確かめて、もう一度行ってください。これまでの認可は失われていません。
problem-not-authorized = まだ認可されていません。
    .fix = ［認可］を押して、Microsoftの許可を得てください。
problem-password-missing = パスワードが保存されていません。
    .fix = 編集画面でパスワードを入力し、保存してください。

problem-server-missing = サーバー（{ $protocol }）が入力されていないため、確認できません。
    .fix = 編集画面でサーバー名とポートを入力し、保存してください。

problem-internal = Ninkaの内部で問題が起きました（受付番号 { $reference }）。
    .fix = もう一度行ってください。続くときは、受付番号をサポートに伝えてください。

problem-tokens-not-shared = ほかのプログラムにアクセストークンを渡す設定が、オフになっています。
    .fix = 渡してよい場合は、端末で ninka settings set share-tokens on を実行してください。

# 電話で聞いたコード
problem-code-incomplete = コードは8文字です。いま入っているのは{ $found }文字です。
    .fix = 4文字ずつ、もう一度読み上げてもらってください。
problem-code-character = 「{ $character }」は、コードに使わない文字です。
    .fix = 英字のI、L、O、Uは使いません。数字と英字を、もう一度確かめてください。
problem-code-mistyped = どこか1文字以上、聞き違いか打ち間違いがあります。
    .fix = お客様に「読み方」を押してもらい、一文字ずつ確かめてください。
problem-code-newer = 新しいNinka（バージョン{ $version }）が出したコードです。
    .fix = このパソコンのNinkaを更新してから、もう一度入れてください。

# 入力欄の下に出る一言。
field-problem-missing = 入力してください。
field-problem-not-an-address = メールアドレスの形ではありません（例: order@example.jp）。
field-problem-address-taken = このメールアドレスは、すでに登録されています。
field-problem-too-long = 100文字までにしてください。
field-problem-not-a-host = サーバー名の形ではありません（例: pop.example.jp）。
field-problem-not-a-port = 1から65535までの数にしてください。
field-problem-not-a-choice = ここに書ける言葉ではありません。書き出した表の言葉に合わせてください。
field-problem-address-twice = 同じメールアドレスの行が、上にもあります。
field-problem-rakuten-needs-password = 楽天市場のあんしんメルアドは、専用のSMTPサーバー・アカウント・パスワードで送るため、OAuth認証は使えません。
field-problem-is-the-mailbox = 共有メールボックスそのもののアドレスです。サインインする人のアドレスを入れてください。


problem-not-a-backup = このファイルは、Ninkaのバックアップではありません。
    .fix = 「バックアップを作る」で作ったファイルを選んでください。
problem-backup-damaged = バックアップのファイルが壊れています。途中で切れているか、書き換えられています。
    .fix = 作ったパソコンから、もう一度コピーしてください。何も復元されていません。
problem-backup-too-large = バックアップが大きすぎます。
    .fix = 別のバックアップを選んでください。何も復元されていません。
problem-backup-too-costly = このファイルを開くには、このパソコンに無理な計算とメモリーが必要です。
    .fix = Ninkaが作ったファイルか確かめてください。出どころのわからないファイルは、開かないでください。
problem-backup-newer = このバックアップは、新しいバージョン（{ $version }）のNinkaで作られています。
    .fix = このパソコンのNinkaを新しくしてから、復元してください。
problem-restore-not-empty = このパソコンには、すでに { $count }件のメールアカウントがあります。
    .fix = 復元は、メールアカウントが1件もないところにだけできます。いまのアカウントを残すなら復元は不要です。置き換えるなら、先にすべて削除してください。

# 権限
problem-permissions-on = 権限設定は、すでに有効になっています。
    .fix = 担当者の名前とパスワードで、サインインしてください。
problem-permissions-off = 権限設定は有効になっていません。サインインせずに使えます。
    .fix = 担当者を決めて使うときは、［設定］›［権限設定］で有効にしてください。
problem-sign-in-needed = サインインしてください。
    .fix = 担当者の名前とパスワードを入れると、続けられます。
problem-sign-in-refused = 名前かパスワードが違います。
    .fix = もう一度入れてください。忘れたときは、すべてを更新できる担当者に、パスワードの付け直しを頼んでください。
problem-sign-in-too-soon = パスワードの間違いが続いたため、あと{ $seconds }秒は試せません。
    .fix = { $seconds }秒待ってから、もう一度入れてください。
problem-not-permitted = この操作をする権限がありません。
    .fix = 権限が必要なときは、{ $ask } さんに頼んでください。変わった権限は、次にサインインしたときから使えます。
problem-operator-name-invalid = この名前は使えません。
    .fix = 1文字から40文字までの名前を入れてください。
problem-operator-name-taken = 同じ名前の担当者がいます。
    .fix = 別の名前を入れてください。大文字と小文字は区別しません。
problem-operator-password-short = パスワードが短すぎるか、長すぎます。
    .fix = { $least }文字以上、1000文字までにしてください。
problem-operator-gone = その担当者はいません。
    .fix = 一覧を開き直して、名前を確かめてください。
problem-last-full-operator = メールアカウントと設定の両方を更新できる担当者が、いなくなってしまいます。
    .fix = 先に、ほかの担当者に両方の「更新」を付けてください。
