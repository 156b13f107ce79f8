# 動作の続け方
going-title = 動作の続け方
going-hint = Ninkaが動いているあいだ、認可を更新できます。
going-background = ウィンドウを閉じても動作を続ける
going-no-tray = このパソコンには、アイコンを置く場所（トレイ）がありません。ウィンドウを閉じると、Ninkaは終了します。
going-no-notifications = このパソコンは、通知を表示できません。期限のお知らせは、一覧の上に出ます。
going-autostart = パソコンの起動時に、Ninkaを始める
going-autostart-hint = ウィンドウは開かずに始まります。
going-offer = パソコンの起動時にNinkaが始まるようにしておくと、認可が切れにくくなります。
going-offer-yes = 起動時に始める
going-offer-done = パソコンの起動時に、Ninkaが始まります。

# ウィンドウを閉じるとき
closing-goes-on-title = Ninkaは動作を続けます
closing-goes-on-body = ウィンドウを閉じても、Ninkaは終了しません。
closing-goes-on-back = もう一度開くには、画面の端（トレイ・メニューバー）にあるNinkaのアイコンを押すか、Ninkaをもう一度起動します。設定でいつでも変えられます。
closing-close = 閉じて続ける
closing-quit-instead = 終了する
closing-quit-title = Ninkaを終了しますか
closing-quit-body = 終了しているあいだ、{ $count }件のアカウントの認可は更新されません。
closing-quit-until = { $address }（{ $date } まで有効）
closing-stay = 終了しない
closing-quit-now = 終了する
closing-ending-title = 認可を保存しています
closing-ending-body = 更新したばかりの認可を保存しています。終わりしだい、Ninkaは終了します（長くて10秒）。
