# OAuth認証への切り替えと、元に戻す

switch-clears = 更新すると、次の設定が消えます。
switch-clears-user = アカウント { $user }
switch-clears-password = パスワード
switch-clears-server = { $server } { $host }:{ $port }
switch-kept = 新しい認可が接続確認に通るまでは、「元に戻す」で戻せます。通ったあとは、完全に消えます。
switch-clears-authorization = 更新すると、いまのOAuth認証の認可は消えます。
switched-title = OAuth認証に切り替えました
switched-body = 接続確認に通るまでは、切り替える前のアカウント・パスワード・サーバーの設定に戻せます。通ると、完全に消えます。
switched-undo = 元に戻す
switched-undo-for = { $address } を元に戻す
switched-undo-title = 切り替える前の設定に戻しますか
switched-undo-ask = { $address } を、切り替える前のアカウントとパスワードでの接続に戻します。
switched-undo-loses = いまのOAuth認証の認可は消えます。
switched-undone = 切り替える前の設定に戻しました。
