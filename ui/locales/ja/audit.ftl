# What an entry of the audit list was about: the core says it, for the screen, the terminal and the table.
audit-about-operator = { $name }（メールアカウント：{ $accounts }、設定：{ $settings }）
audit-about-accounts = { $count }件
audit-about-key-passphrase = パスフレーズ
audit-about-key-session = Ninkaを終了するまで
audit-about-setting-client-id = クライアントID
audit-about-setting-cloud = クラウド
audit-about-setting-authority = サインイン先のアドレス
audit-about-setting-language = 言語
audit-about-setting-theme = 配色
audit-about-setting-reception = 受信の方式
audit-about-setting-renewal-days = 認可を更新する間隔
audit-about-setting-background = ウィンドウを閉じたあとの動作
audit-about-setting-ask-account-kind = メールアドレスの種類とサーバーを調べること
audit-about-setting-share-tokens = ほかのプログラムへの認可の提供
audit-about-setting-history-days = 履歴を残す期間
audit-about-setting-lock-minutes = 操作がないときのロック
audit-about-setting-case-days = 案件を残す期間
