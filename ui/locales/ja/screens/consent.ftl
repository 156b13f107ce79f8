# 許可を待つ画面
consent-title = ブラウザーで許可を行ってください
consent-sign-in-as = { $address } でサインインしてください
consent-step-sign-in = Microsoftのページでサインインする
consent-step-accept = 「要求されているアクセス許可」で［承諾］を押す
consent-step-return = この画面に自動で戻る
consent-here = いまここ
consent-done = 済み
consent-later = これから
consent-preparing = ブラウザーを開く準備をしています
consent-redeeming = Microsoftの答えを確かめて、保存しています
consent-not-opened = ブラウザーを開けませんでした。アドレスをコピーして、ブラウザーに貼り付けてください。
consent-copy = アドレスをコピー
consent-left = 残り { $time }
consent-left-spoken = 残り { $minutes }分です
consent-failed = 認可できませんでした
consent-again = もう一度
consent-hide = 閉じて待つ
consent-take-over = 前の認可をやめて、やり直す
consent-ask-admin = 管理者に承認してもらう
consent-waiting-note = 認可を待っています。
consent-failed-note = 認可できませんでした。
consent-show = 続きを開く
consent-loopback-browser = ブラウザーを開いて、最後のアドレスを貼り付ける

# 30秒たっても戻らないとき
consent-help = うまくいかないときは
consent-help-spoken = ほかの方法を表示しました
consent-open-again = ページをもう一度開く
consent-way-back = ほかの方法に戻る
consent-way-browsers = ブラウザーを選ぶ
consent-way-browsers-hint = 別のアカウントで自動的にサインインしてしまうときは、プライベートウィンドウが役に立ちます。
consent-way-device = ほかの端末でコードを使う
consent-way-device-hint = スマートフォンや別のパソコンで、短いコードを入力します。
consent-way-paste = 最後のアドレスを貼り付ける
consent-way-paste-hint = ［承諾］のあとに「アクセスできません」と出たときの方法です。
consent-way-admin = 「管理者の承認が必要」と出た
consent-way-admin-hint = 管理者に送る文面とリンクを用意します。

# ブラウザーを選ぶ
consent-browsers-lead = サインインのページを開くブラウザーを選んでください。プライベートウィンドウ（InPrivate、シークレット）では、前のサインインが残っていません。
consent-browsers-looking = ブラウザーを探しています
consent-browsers-none = このパソコンに、ほかのブラウザーは見つかりませんでした。
consent-browser-open = 開く
consent-browser-open-in = { $name }で開く
consent-browser-private = プライベートウィンドウ
consent-browser-private-in = { $name }のプライベートウィンドウで開く
consent-browser-opened = { $name }で開きました。続きはそちらで行ってください。

# ほかの端末のコード
consent-device-lead = スマートフォンなどで次のアドレスを開き、コードを入力してください。
consent-device-address = アドレス
consent-device-code = コード
consent-device-copy-address = アドレスをコピー
consent-device-copy-code = コードをコピー
consent-device-qr = アドレスのQRコード
consent-device-spoken = コードは { $code } です
consent-device-asking = コードを受け取っています
consent-device-waiting = 入力されるのを待っています。
consent-device-left = コードは、あと { $time } 使えます
consent-device-new = 新しいコードを表示

# 最後のアドレス
consent-paste-lead = ブラウザーで［承諾］まで進むと、「このサイトにアクセスできません」などのページになります。そのページのアドレス欄の全体をコピーして、ここに貼り付けてください。
consent-paste-label = 最後のアドレス
consent-paste-example = http://localhost:…
consent-paste-submit = 続ける

# 管理者の承認
consent-admin-lead = 組織の管理者が一度承認すると、認可できるようになります。次の文面を管理者に送ってください。入力した内容はこのまま残り、この画面は閉じてもかまいません。
consent-admin-message = 管理者に送る文面
consent-admin-language = 文面の言葉
consent-admin-ja = 日本語
consent-admin-en = 英語
consent-admin-copy = 文面をコピー
consent-admin-copy-link = 承認のリンクをコピー
consent-admin-after = 承認されたら、［もう一度］を押してください。承認のあと、管理者のブラウザーに「アクセスできません」と出ても、承認は済んでいます。
