# 認可のあと、ブラウザーに出るページ。

browser-brand = Ninka 認可
browser-close = この画面は閉じて、Ninkaに戻ってください。
browser-steps = 手順
browser-others = ほかに考えられる原因
browser-raw = サーバーの答え（サポート用）

browser-stored = 認可設定が、完了しました。
    .body = { $address } の認可を保存しました。続けて、Ninkaがメールの受信と送信を確認します。
browser-failed = 認可は、完了していません。
browser-stray = このページは、Ninkaが待っている答えではありません。
    .body = 認可を続けるときは、Ninkaが開いたMicrosoftのページに戻ってください。もう終わっているときは、結果はNinkaの画面にあります。
