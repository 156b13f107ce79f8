# テストメールそのものの文面。
proof-mail-subject = Ninkaのテストメール { $token }
proof-mail-body =
    Ninkaの「テストメールで確かめる」で、{ $address } から自分あてに送ったメールです。
    このメールは、削除してかまいません。

    文字の見本: 注文番号①　㈱髙﨑商店　ﾃｽﾄ　〜　№5　税込1,100円
