# だれのアカウントか
kind-looking = アカウントの種類を調べています
kind-work = 職場のアカウント（Microsoft 365）
kind-personal = 個人のアカウント（Outlook.com）
kind-other = Microsoftのメールではありません
kind-no-domain = このドメインは見つかりません。つづりを確かめてください。
kind-mail-elsewhere = Microsoft 365に登録されたドメインですが、メールは別のサーバーに届いています。
kind-unknown = Microsoftのアカウントかどうか、わかりませんでした。
kind-password-title = Microsoftは、パスワードでの接続を順に終了しています
kind-password-reception = 受信：{ $date } から、パスワードでは受信できません。
kind-password-sending = 送信：{ $date } から、パスワードでは送信できません。
kind-password-sending-soon = 送信：{ $date } から、パスワードでの送信は既定でオフになります。組織の管理者は、オンに戻せます。
kind-password-sending-off = 送信：{ $date } から、パスワードでの送信は既定でオフです。組織の管理者がオンに戻したときだけ送れます。
kind-use-oauth = OAuth認証に切り替える
kind-oauth-is-microsofts = OAuth認証が使えるのは、Microsoftのメールだけです。ほかのメールは、アカウントとパスワードで接続します。
kind-use-password = アカウントとパスワードにする
kind-personal-off-at-first = Outlook.comは、POPとIMAPが最初はオフです。Outlook.comの 設定 › メール › 転送とIMAP でオンにしてください。
