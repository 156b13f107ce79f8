# The practice tenant: its pages in the browser, and its faults in the practice bar.

practice-mark = 練習用
practice-banner = これは Ninka の練習用ページです。本物のサインインではありません。
practice-footer = 練習用の組織「はな商店」({ $domain })。このパソコンの中だけで動いています。

practice-next = 次へ
practice-sign-in = サインイン
practice-accept = 許可する
practice-decline = 許可しない
practice-cancel = やめて戻る

practice-picker = アカウントを選んでください
practice-picker-lead = { $app } に使わせるメールアカウントを選びます。
practice-other-account = 別のアカウントを使う

practice-address-title = メールアドレスを入力してください
practice-address = メールアドレス
practice-address-hint = 練習では @{ $domain } で終わるアドレスなら、どれでも使えます。
practice-address-unknown = このアドレスは練習用の組織にありません。@{ $domain } で終わるアドレスを入力してください。

practice-password-title = パスワードを入力してください
practice-password = パスワード
practice-password-hint = 練習なので、どんな文字でも通ります。本物のパスワードは入力しないでください。

practice-consent = アクセスの許可
practice-consent-lead = { $app } が次のことを行えるようにします。
practice-consent-note-consent-declined = 故障「同意が断られる」が入っています。どちらのボタンを押しても「許可しない」になります。
practice-consent-note-other-account-signs-in = 故障「別の人でサインイン」が入っています。選んだものとは別のアカウントでサインインしました。
practice-consent-note-mfa-required = 故障「追加の本人確認」が入っています。練習では、追加の本人確認は済んだことにします。

practice-scope-pop = POP でメールを受信する
practice-scope-imap = IMAP でメールを受信する
practice-scope-smtp = SMTP でメールを送信する
practice-scope-offline = サインインしていないあいだも、許可した操作を続ける
practice-scope-profile = 名前とメールアドレスを確認する

practice-approval = 管理者の承認が必要です
practice-approval-lead = { $app } が求める次の操作は、この組織では管理者だけが許可できます。管理者に承認を頼んでください。
practice-approval-hint = このページからは先へ進めません。アプリへ戻るには、下のボタンを押してください。
practice-approval-back = 承認を受けずにアプリへ戻る

practice-apps = アプリの許可
practice-apps-lead = 本物では、ここでサインインして、{ $app } に出した許可を外します。
practice-apps-hint = 職場のアカウントは「マイ アプリ」で { $app } の［…］›［アプリケーションの管理］›［アクセス許可の取り消し］、個人のアカウントは「アプリとサービスのアクセス許可」で { $app } ›［これらのアクセス許可の削除］です。

practice-admin = 組織全体の許可
practice-admin-lead = 管理者として、{ $domain } の全員について { $app } に次の操作を許可します。
practice-admin-accept = 全員に許可する

practice-device = コードを入力してください
practice-device-lead = { $app } の画面に表示されているコードを入力します。
practice-device-code = コード
practice-device-unknown = このコードは見つからないか、期限が切れています。アプリの画面でもう一度ご確認ください。
practice-device-message = ブラウザーで { $page } を開き、コード { $code } を入力してサインインしてください。
practice-device-done = サインインできました
    .body = このページを閉じて、アプリの画面へ戻ってください。
practice-device-declined = 許可しませんでした
    .body = このページを閉じて、アプリの画面へ戻ってください。

practice-error = 要求を受け付けられません
practice-error-lead = アプリから届いた要求に誤りがあるため、サインインを始められません。次の文をアプリの担当者に伝えてください。

practice-ended = このサインインは終わっています
    .body = 時間が切れたか、すでに済んだサインインです。アプリの画面から、もう一度始めてください。

practice-returning = アプリへ戻ります

practice-fault-consent-declined = 同意が断られる
    .hint = 許可の画面でどちらを押しても、断ったことになります。認可は行われません。
practice-fault-admin-approval-needed = 管理者の承認が必要
    .hint = サインインのあと「管理者の承認が必要です」のページで止まります。戻るボタンを押すか、アプリで中止するまで先へ進みません。
practice-fault-other-account-signs-in = 別の人でサインイン
    .hint = 選んだものとは別のアカウントでサインインが終わります。Ninka はその認可を受け取りません。
practice-fault-refresh-lapsed = 認可の期限切れ
    .hint = これまでの認可が、90日使われなかったものとして断られます。再認可すると直ります。
practice-fault-revoked-by-password-change = パスワード変更で取り消し
    .hint = これまでの認可が、パスワードの変更によって取り消されます。再認可すると直ります。
practice-fault-mfa-required = 追加の本人確認
    .hint = これまでの認可では足りず、多要素認証を求められます。再認可すると直ります。
practice-fault-pop-off = POP が無効
    .hint = メールボックスの POP が切られていて、Mail[受信] が認証で断られます。
practice-fault-imap-off = IMAP が無効
    .hint = メールボックスの IMAP が切られていて、IMAP での受信が認証で断られます。
practice-fault-smtp-auth-off-tenant = SMTP 送信が無効(組織全体)
    .hint = 組織全体で SMTP 認証が切られていて、Mail[送信] が断られます。直せるのは管理者です。
practice-fault-smtp-auth-off-mailbox = SMTP 送信が無効(このメールボックス)
    .hint = このメールボックスの SMTP 認証が切られていて、Mail[送信] が断られます。直せるのは管理者です。
practice-fault-not-connected = メールボックスにつながらない
    .hint = 認証は通りますが、そのあとメールボックスが開きません。
practice-fault-throttled = 接続のしすぎ
    .hint = メールサーバーが、接続が多すぎるとして断ります。しばらく待つ種類の故障です。
practice-fault-slow = 応答が遅い
    .hint = トークンとメールサーバーの応答に、毎回3秒かかります。
practice-fault-server-down = サーバー停止
    .hint = メールサーバーが、つないだとたんに切断します。
practice-fault-expired-certificate = 証明書の期限切れ
    .hint = メールサーバーの証明書の有効期限が切れています。
