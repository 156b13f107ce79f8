# トレイのメニュー
tray-open = Ninkaを開く
tray-check = すべて接続確認
tray-calm = 対応が必要なアカウントはありません
tray-attention = 対応が必要なアカウント { $count }件
tray-practice = 練習モードです
tray-quit = Ninkaを終了

# お知らせ（通知）
notice-account = { $name }（{ $address }）
notice-practice = 【練習】{ $title }
notice-ends-soon = { $account }の認可は、あと{ $days }日で切れます
notice-lapsed = { $account }の認可は、有効期限が切れています
notice-refused = { $account }の認可は、無効になっています
notice-several = { $count }件のアカウントの認可を確かめてください
notice-others = ほか{ $count }件
notice-button = 再認可
notice-guide = 案内に沿って再認可
notice-will-stop-orders = 自動の更新が止まっています。切れると、注文メールを取り込めなくなります。再認可してください。
notice-will-stop-sending = 自動の更新が止まっています。切れると、お客様へのメールを送れなくなります。再認可してください。
notice-will-stop-both = 自動の更新が止まっています。切れると、メールの受信も送信もできなくなります。再認可してください。
notice-stopped-orders = 注文メールを取り込めません。再認可してください。
notice-stopped-sending = お客様へのメールを送れません。再認可してください。
notice-stopped-both = メールの受信も送信もできません。再認可してください。
