# トレイのメニュー
tray-open = Ninkaを開く
tray-check = すべて接続確認
tray-calm = 対応が必要なアカウントはありません
tray-attention = 対応が必要なアカウント { $count }件
tray-practice = 練習モードです
tray-quit = Ninkaを終了
