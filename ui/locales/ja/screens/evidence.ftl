# サポート向けの詳細：接続確認で見えたこと
evidence-title = サポート向けの詳細
evidence-hint = お問い合わせのときに、サポートの担当者へお伝えください。パスワードや認可の中身は含まれません。
evidence-copy = 詳細をコピー
evidence-account = アカウントの種類
evidence-account-work = 組織（Microsoft 365）
evidence-account-personal = 個人用（Outlook.com）
evidence-account-other = Microsoft以外
evidence-account-unknown = 不明
evidence-asked-before = ほかのアカウントの結果
evidence-asked-before-ago = { $time }前に同じサーバーで
evidence-addresses = サーバーのアドレス
evidence-connects = 接続
evidence-connected = { $address } つながりました（{ $time }）
evidence-not-connected = { $address } つながりませんでした（{ $time }）：{ $why }
evidence-cleartext = 暗号化前の最初の応答
evidence-tls = 暗号化（TLS）
evidence-certificate = { $count ->
    [1] 証明書
   *[other] 証明書 { $number }/{ $count }
}
evidence-subject = 所有者
evidence-issuer = 発行者
evidence-names = 対象の名前
evidence-validity = 有効期間
evidence-from-to = { $from } 〜 { $to }
evidence-sha256 = 指紋（SHA-256）
evidence-conversation = サーバーとのやり取り
evidence-capabilities-plain = 暗号化前の機能
evidence-capabilities-tls = 暗号化後の機能
evidence-greeting = 最初のあいさつ
evidence-challenge = OAuthを拒否した内訳
evidence-put-off = 混み合っていたときの返事
evidence-token = アクセストークン
evidence-signed-in-as = サインインした人
evidence-scopes = 許可された範囲
evidence-expires-in = 有効な残り時間
evidence-expired = 切れています
evidence-minutes = { $minutes }分
evidence-clock = このパソコンの時計
evidence-own = トークンの記載（参考）
evidence-elsewhere = 同じトークンでの結果
evidence-accepted = { $protocol }：受け入れられました
evidence-refused = { $protocol }：断られました
