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
consent-if-not-open = ページが開かないときは、アドレスをブラウザーに貼り付けてください。
consent-copy = アドレスをコピー
consent-left = 残り { $time }
consent-left-spoken = 残り { $minutes }分です
consent-failed = 認可できませんでした
consent-again = もう一度
