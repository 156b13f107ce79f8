# 認可を試す、取り消す
consent-checking = 新しい認可で、メールにつながるか確かめています
consent-unchanged = 何も変わっていません。これまでの認可があれば、そのまま使われます。
revoke-button = 認可を取り消す
revoke-title = 認可を取り消しますか
revoke-body = { $address } の認可を、このパソコンから削除します。続いて、許可を外すページの案内が出ます。そこでもこのアプリへの許可を外してください。
revoke-confirm = 取り消す
revoke-done = このパソコンから認可を削除しました。Microsoftのページでも、このアプリへの許可を外してください。
revoke-done-elsewhere = このパソコンから認可を削除しました。このアプリへの許可は、組織の「マイ アプリ」ページで外せます。ページの場所は、Microsoft 365 の管理者に聞いてください。
