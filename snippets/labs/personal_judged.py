"""What alarms and strings in the real reviews turned out to be: read one by one, with the review around them.

A key is a hash of a review and a place in it (`anonymisation.name_of`), so that nobody's number stands here. `STRINGS` holds
every string with seven digits or more and every word with an @, in all reviews. `ALARMS` holds what the recognisers called
a telephone, an e-mail address or an address in all reviews, and of the names 100 drawn at random for each of two detectors.
"private": of somebody who is not known to the public. "public": an author, a figure of history or of a book, a sight.
"""

# mobile, email, qq: somebody's own; firm: a hotline, a hotel; order: of an order; none: a date, a price, an ISBN, …
STRINGS: dict[str, str] = {key: what for what, keys in {
    "email": (
        "30a20bcef7ab 4a73ea0c9bdf 5bec6b56a3e4 7b9297979df6 d85616ead2e1 "
    ),
    "firm": (
        "1936d0daec7e 452b7224d542 48dd1397f29c 4b1ba5c31766 4ddfc9d5de9c 54e866e9a1d0 5b3857fd6bad 66524c91064e "
        "6debd0303266 82b35037c265 87356d2e9c1d 8ead1e2fbb62 a958a949b26d e99d1e46a356 "
    ),
    "mobile": (
        "39ccd97bedf7 3f6df92804d6 3fd5570f0d0a 70156a619c52 8fa2e7ea94f4 ac55bb41f93c d061d4756c29 "
    ),
    "none": (
        "01d4bf2710a3 0400f6b08f14 0604ad2ae943 07f6b527f6c5 087a04f362f9 0913233ff24c 1093979e1014 1450ad1650a6 "
        "14fb1de27d68 157f4f4b7dc9 19c17f52360c 1a3a73d166e1 1a9b1233f2a0 1b926ce15998 1feb42d86058 27637e679e8c "
        "2a0caec24acc 317fd476d3b0 3420dd2a8cf7 34a412c792b3 3912fe71930c 3e7d0bdc3cf8 3ee1b825ffde 3fa000dba5d0 "
        "4032690af312 40a68af027a0 42a8f8dce7f7 4c17bf5fa7d0 5245cc4bb348 529f04f17728 5339999a3e3d 54782104a650 "
        "570a6d81356f 586c1079df44 5923681f4410 603210ae53eb 605de5b61ca7 62789d74d35a 6312b55b8ed1 6661f76201be "
        "6b1f5ed0a56a 6d39373b85e6 7983d529a851 7ca1dd30e44f 813f3fe72e41 82c9549224f7 83d80e226f10 8b4ae5b4bb59 "
        "8c0dd2b023a5 9118f9385346 94152aa227f2 9cd3f1d912cb a0f035a91bef a1245f80db04 a896dbb0fe5e abbde29ed850 "
        "abdfbb3a7369 bb889c602746 bdfefab391c0 beccab5f8832 c38a32135ad3 c5b8e5f5bf16 c8e6c15293d3 d1ec03fe1e1b "
        "d46a295278d7 d58ce702f6df db40d759664f ddaf51bea005 ded5a33f5ceb e6ed6a7d54f3 e922ccd6e0a6 ec5258d7da9d "
        "f2767f591098 f357bee48678 f74e4caf7df2 ffcb7f0d469a "
    ),
    "order": (
        "05e7476c9261 0add11e0231a 259c8c838243 28cf6ec0bb27 3cb1c0d6f0da 505266085b56 5d68894ab7a6 5fc2a85abeab "
        "61aab5a6c50f 6a62f56f82e8 72e566985646 8c3a9fac790d b2588dd131c8 b802cfdb2879 b835fb6108d9 c759d02b7ff2 "
        "e63c3f85fa4d e6da5fc13a23 ee20881cc1f3 "
    ),
    "qq": (
        "1703b0023dda 2791ed9d9d2f 2e7ee84eec45 473565c2381f 4bc0c37acc4a 514a6452ac19 5e9420ce2635 70feee830dc3 "
        "776e300386a5 8501d29702df cd757c2f6409 f6480691bc98 "
    ),
}.items() for key in keys.split()}

ALARMS: dict[str, str] = {key: what for what, keys in {
    "firm": (
        "phone-1936d0daec7e phone-452b7224d542 phone-48dd1397f29c phone-4b1ba5c31766 phone-4ddfc9d5de9c "
        "phone-54e866e9a1d0 phone-5b3857fd6bad phone-6debd0303266 phone-82b35037c265 phone-8ead1e2fbb62 "
        "phone-e99d1e46a356 "
    ),
    "none": (
        "name-00a51496506c name-033907a72138 name-0703c5ccd89b name-072d4306b844 name-0ddb380b4fa7 name-135fd5eeaae1 "
        "name-138d4b1ffa84 name-144a620aeea5 name-16572b54e448 name-199df409af19 name-19f8f0b71dc5 name-1e4341b53605 "
        "name-1e7461686355 name-1f5510c7c533 name-212ac917bde2 name-2218b3f0eb97 name-25addfee8fb1 name-287be139feaf "
        "name-28d1e91b12d8 name-2a47f5898b16 name-2c964a098df8 name-2de1f71bb5d2 name-34c06853e9c0 name-361514b99253 "
        "name-3719fdd2b677 name-372d131bc117 name-388dafe7727f name-3c1ac205e414 name-3d03d62e60d6 name-3e70a29af2e4 "
        "name-3eb990222ad5 name-3f92a433b3b0 name-40881b95e662 name-41db5c3aa1f2 name-4303c7ce35cc name-47c55458fe5d "
        "name-48ca805d984b name-4a9eb39cae31 name-505eaba21ec5 name-5161846ae4a5 name-53d8efb68ac0 name-5ec85f1bb0e0 "
        "name-6199c370e51c name-6277de8dd9d6 name-630a02e7c266 name-6812e5d2debe name-6842aedd7bef name-68cf6ca7350d "
        "name-68e14db5015f name-69b2be249f10 name-6a8057e955cc name-6f70c293fb5c name-705ef3470897 name-71a6bd842dfb "
        "name-71fc23d7a0cc name-723af1ae47a6 name-7a03319caeb2 name-7e106e5b1e5c name-7edefd346c67 name-8096af28d5b8 "
        "name-8196d0d6e638 name-858fba01b3b9 name-8b17740b74e8 name-8ea606caf302 name-8eca7fab6a95 name-8f239e442678 "
        "name-9005e8c0069f name-97912980669b name-9990c99ae2a2 name-9a7caf2b2c5b name-9dbe1bcf4cdd name-9de6405a1221 "
        "name-a08855abd8ff name-a1a2cd633b4d name-ab78e5f1166e name-adc5da89a517 name-adf6824568e2 name-aefde367e8f6 "
        "name-b6149e59e977 name-b6b39b08c627 name-bcf2baf2d9e6 name-c29b86512110 name-c578ba61ddc9 name-c6406a73f0cf "
        "name-c6ab27eeaefc name-c7072be52738 name-c854a6bf71d5 name-c8ed47fb30f9 name-ca2c8bfbac6d name-ca9e308290c8 "
        "name-cac587b3ec5c name-cb78c3c37e31 name-cb795310e9da name-cdfef6fca8d3 name-ce77648e3c05 name-cf1076601f7d "
        "name-d08f416729ee name-d17a601c7ef9 name-d1bdafe2ff8b name-d4a451398db1 name-d6cae0cdad21 name-d8998e467b13 "
        "name-da428df1b9cf name-db944da5205d name-dda81c2aa743 name-dfa540f08beb name-e0f2caa61f84 name-e68e1d015c8d "
        "name-e6a9eebabfa7 name-e77d191e21bc name-e7a3405ca1a0 name-ed3147bff9aa name-efb01545d09b name-f78690407b54 "
        "name-f9a7261a68f5 name-f9f7e4214e49 name-fbb29c22db3d name-fc800dcb2d82 phone-5245cc4bb348 "
        "phone-e922ccd6e0a6 "
    ),
    "private": (
        "address-d670e4829712 email-30a20bcef7ab email-4a73ea0c9bdf email-5bec6b56a3e4 email-7b9297979df6 "
        "email-d85616ead2e1 name-0f07b78050a5 name-30386c856e54 name-383df7ff6ab2 name-6ee930639351 name-804c2db023d5 "
        "name-d6e70bc3d8a6 phone-39ccd97bedf7 phone-3f6df92804d6 phone-3fd5570f0d0a phone-70156a619c52 "
        "phone-8fa2e7ea94f4 phone-ac55bb41f93c phone-d061d4756c29 "
    ),
    "public": (
        "address-7fc744899bf1 address-c55f78a96b8d name-0ef441e9a12b name-12cb126d1492 name-13a3459ab379 "
        "name-1446b4394b82 name-153998fa9b3b name-19332fd871c8 name-1dbc5cbf8ea4 name-2c06a29fee96 name-310b2e0ddb48 "
        "name-366ef184f5df name-370dd2d4be3a name-3a8c99fe1064 name-427160042436 name-449ba292be08 name-4ff1cbb986a4 "
        "name-5355358fd9db name-56b58ad16340 name-5b88784add7d name-5c715d296076 name-5dad1109c6a1 name-621c329ac1dd "
        "name-64e566fa5b86 name-65b0f4aebb5e name-68b7e4ef7886 name-6963403dcaca name-6a96f627091d name-6ae7647b3971 "
        "name-6c131dafea45 name-71d14a1c4fd5 name-7238613b7c31 name-7323cffdb4d7 name-739b0bef8479 name-73c5ca86a4ca "
        "name-73ca929bc1d1 name-7a225a027bce name-7acba521b5ae name-7dd8e98f67e1 name-831e592a69d6 name-8b34b40b314b "
        "name-90cc4d6614f2 name-931743c8347d name-95fed120119e name-a14ce0ea55f4 name-a2bb884c6e67 name-a5d3c4b20cc3 "
        "name-a74b35b76174 name-a7c64b666d89 name-aadd584dd922 name-ac39b42c71e1 name-ae9da65c454c name-b028ab648786 "
        "name-b89349250df8 name-b94b9ca2ce91 name-bc62369773ef name-c097f3fd5987 name-c0c5302391ae name-c4a6f405fc57 "
        "name-c88e9a6803b4 name-cf6646eacb68 name-d0011fa4724b name-d108ad12c610 name-d3c17bf459d8 name-d76a57643f10 "
        "name-dac85b58b525 name-dac95482fad7 name-dbc075180098 name-dd9fcf7a32ec name-e08590a808d5 name-e0e9029e7c79 "
        "name-e676d1b928c2 name-e7850c409428 name-e99c7bda1ed0 name-ee4a75844532 name-f888a11c186d name-fb89fe86dcfb "
        "name-ff7a60030693 "
    ),
}.items() for key in keys.split()}
