# 引き継ぎ: サポートが用意した内容を、お客様のNinkaで開く
hand-over-title = お客様への引き継ぎ
hand-over-hint = お客様のNinkaで、入力済みの画面を開くリンクを作ります。お客様が内容を見て［開く］を押すまで、何も変わりません。
hand-over-sign-in = 認証方式
hand-over-next = 次にすること
hand-over-next-authorize = 案内に沿って認可する
hand-over-wish-authorize = 続けて、案内に沿って認可してもらう
hand-over-servers-hint = 空欄なら、お客様のNinkaが調べます。OAuth認証なら、通常は空欄のままにします。
hand-over-make = リンクを作る
hand-over-made = リンクができました
hand-over-copy = リンクをコピー
hand-over-save = ファイルに保存
hand-over-saved = { $path } に保存しました。このファイルを送り、お客様に開いてもらってください。
hand-over-no-secret = パスワードなどの秘密は入っていません。メールやチャットで送れます。
hand-over-qr = リンクのQRコード
hand-over-qr-hint = 隣の席や、ほかのパソコンに渡すとき

# 受け取る
hand-over-received = 受け取ったリンク
hand-over-received-hint = リンクを押しても開かないときは、ここに貼り付けるか、ファイルを選んでください。
hand-over-received-example = ninka:hand-over?…
hand-over-show = 内容を見る
hand-over-choose = ファイルを選ぶ

# 確かめる
hand-over-offered = サポートからの引き継ぎ
hand-over-refused = 引き継ぎを開けません
hand-over-lead = 次の内容が届きました。
hand-over-new = ［開く］を押すと、この内容が入った登録画面が開きます。まだ登録はされず、認可も始まりません。
hand-over-existing = このメールアドレスは、すでに登録されています。登録済みの内容は変わりません。
hand-over-unknown-sender = 心当たりがないときや、内容が聞いた話と違うときは、［開かない］を押して、サポートに確かめてください。
hand-over-decline = 開かない
hand-over-accept = 開く
hand-over-open = 登録済みの画面を開く
hand-over-open-guide = 認可の案内を開く
hand-over-prepared = サポートから届いた内容を入れました。確かめてから、次に進んでください。
hand-over-prepared-authorize = サポートから届いた内容を入れました。確かめてから、［案内に沿って認可］を押してください。
