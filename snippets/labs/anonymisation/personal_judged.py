"""What alarms and strings in the real reviews turned out to be: read one by one, with the review around them.

A key is a hash of a review and a place in it (`anonymisation.name_of`), so that nobody's number stands here. `STRINGS` holds
every string with seven digits or more and every word with an @, in all reviews. `ALARMS` holds what the recognisers called
a telephone, an e-mail address or an address in all reviews, and of the names 100 drawn at random for each of two detectors.
"private": of somebody who is not known to the public. "public": an author, a figure of history or of a book, a sight.
"""

# mobile, email, qq: somebody's own; firm: a hotline, a hotel; order: of an order; none: a date, a price, an ISBN, …
STRINGS: dict[str, str] = {
    key: what
    for what, keys in {
        "email": ("30a20bcef7ab 4a73ea0c9bdf 5bec6b56a3e4 7b9297979df6 d85616ead2e1 "),
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
    }.items()
    for key in keys.split()
}

ALARMS: dict[str, str] = {
    key: what
    for what, keys in {
        "firm": (
            "phone-1936d0daec7e phone-452b7224d542 phone-48dd1397f29c phone-4b1ba5c31766 phone-4ddfc9d5de9c "
            "phone-54e866e9a1d0 phone-5b3857fd6bad phone-6debd0303266 phone-82b35037c265 phone-8ead1e2fbb62 "
            "phone-e99d1e46a356 "
        ),
        "none": (
            "ours-033907a72138 ours-0703c5ccd89b ours-0ddb380b4fa7 ours-138d4b1ffa84 ours-16572b54e448 ours-199df409af19 "
            "ours-19f8f0b71dc5 ours-1e4341b53605 ours-1e7461686355 ours-2218b3f0eb97 ours-28d1e91b12d8 ours-361514b99253 "
            "ours-3719fdd2b677 ours-372d131bc117 ours-3c1ac205e414 ours-3d03d62e60d6 ours-3e70a29af2e4 ours-3f92a433b3b0 "
            "ours-4303c7ce35cc ours-47c55458fe5d ours-5161846ae4a5 ours-53d8efb68ac0 ours-5ec85f1bb0e0 ours-6277de8dd9d6 "
            "ours-68cf6ca7350d ours-68e14db5015f ours-6f70c293fb5c ours-71a6bd842dfb ours-723af1ae47a6 ours-7a03319caeb2 "
            "ours-7e106e5b1e5c ours-858fba01b3b9 ours-8ea606caf302 ours-8f239e442678 ours-9005e8c0069f ours-9990c99ae2a2 "
            "ours-9dbe1bcf4cdd ours-a1a2cd633b4d ours-b6b39b08c627 ours-bcf2baf2d9e6 ours-c6ab27eeaefc ours-c854a6bf71d5 "
            "ours-c8ed47fb30f9 ours-ca9e308290c8 ours-cac587b3ec5c ours-ce77648e3c05 ours-d08f416729ee ours-d17a601c7ef9 "
            "ours-d6cae0cdad21 ours-d8998e467b13 ours-dda81c2aa743 ours-e0f2caa61f84 ours-e68e1d015c8d ours-efb01545d09b "
            "ours-f78690407b54 ours-f9f7e4214e49 phone-5245cc4bb348 phone-e922ccd6e0a6 tagger-00a51496506c "
            "tagger-072d4306b844 tagger-135fd5eeaae1 tagger-144a620aeea5 tagger-1f5510c7c533 tagger-212ac917bde2 "
            "tagger-25addfee8fb1 tagger-287be139feaf tagger-2a47f5898b16 tagger-2c964a098df8 tagger-2de1f71bb5d2 "
            "tagger-34c06853e9c0 tagger-388dafe7727f tagger-3eb990222ad5 tagger-40881b95e662 tagger-41db5c3aa1f2 "
            "tagger-48ca805d984b tagger-4a9eb39cae31 tagger-505eaba21ec5 tagger-6199c370e51c tagger-630a02e7c266 "
            "tagger-6812e5d2debe tagger-6842aedd7bef tagger-69b2be249f10 tagger-6a8057e955cc tagger-705ef3470897 "
            "tagger-71fc23d7a0cc tagger-7edefd346c67 tagger-8096af28d5b8 tagger-8196d0d6e638 tagger-8b17740b74e8 "
            "tagger-8eca7fab6a95 tagger-97912980669b tagger-9a7caf2b2c5b tagger-9de6405a1221 tagger-a08855abd8ff "
            "tagger-ab78e5f1166e tagger-adc5da89a517 tagger-adf6824568e2 tagger-aefde367e8f6 tagger-b6149e59e977 "
            "tagger-c29b86512110 tagger-c578ba61ddc9 tagger-c6406a73f0cf tagger-c7072be52738 tagger-ca2c8bfbac6d "
            "tagger-cb78c3c37e31 tagger-cb795310e9da tagger-cdfef6fca8d3 tagger-cf1076601f7d tagger-d1bdafe2ff8b "
            "tagger-d4a451398db1 tagger-da428df1b9cf tagger-db944da5205d tagger-dfa540f08beb tagger-e6a9eebabfa7 "
            "tagger-e77d191e21bc tagger-e7a3405ca1a0 tagger-ed3147bff9aa tagger-f9a7261a68f5 tagger-fbb29c22db3d "
            "tagger-fc800dcb2d82 "
        ),
        "private": (
            "address-d670e4829712 email-30a20bcef7ab email-4a73ea0c9bdf email-5bec6b56a3e4 email-7b9297979df6 "
            "email-d85616ead2e1 ours-30386c856e54 ours-383df7ff6ab2 phone-39ccd97bedf7 phone-3f6df92804d6 "
            "phone-3fd5570f0d0a phone-70156a619c52 phone-8fa2e7ea94f4 phone-ac55bb41f93c phone-d061d4756c29 "
            "tagger-0f07b78050a5 tagger-6ee930639351 tagger-804c2db023d5 tagger-d6e70bc3d8a6 "
        ),
        "public": (
            "address-7fc744899bf1 address-c55f78a96b8d ours-0ef441e9a12b ours-13a3459ab379 ours-1446b4394b82 "
            "ours-153998fa9b3b ours-19332fd871c8 ours-1dbc5cbf8ea4 ours-366ef184f5df ours-370dd2d4be3a ours-449ba292be08 "
            "ours-4ff1cbb986a4 ours-5b88784add7d ours-5dad1109c6a1 ours-65b0f4aebb5e ours-68b7e4ef7886 ours-71d14a1c4fd5 "
            "ours-739b0bef8479 ours-7a225a027bce ours-7dd8e98f67e1 ours-831e592a69d6 ours-8b34b40b314b ours-931743c8347d "
            "ours-95fed120119e ours-a14ce0ea55f4 ours-a5d3c4b20cc3 ours-a74b35b76174 ours-a7c64b666d89 ours-ac39b42c71e1 "
            "ours-b89349250df8 ours-c097f3fd5987 ours-cf6646eacb68 ours-d0011fa4724b ours-d108ad12c610 ours-d76a57643f10 "
            "ours-dac85b58b525 ours-dac95482fad7 ours-dbc075180098 ours-dd9fcf7a32ec ours-e0e9029e7c79 ours-e676d1b928c2 "
            "ours-e99c7bda1ed0 ours-f888a11c186d ours-fb89fe86dcfb tagger-12cb126d1492 tagger-2c06a29fee96 "
            "tagger-310b2e0ddb48 tagger-3a8c99fe1064 tagger-427160042436 tagger-5355358fd9db tagger-56b58ad16340 "
            "tagger-5c715d296076 tagger-621c329ac1dd tagger-64e566fa5b86 tagger-6963403dcaca tagger-6a96f627091d "
            "tagger-6ae7647b3971 tagger-6c131dafea45 tagger-7238613b7c31 tagger-7323cffdb4d7 tagger-73c5ca86a4ca "
            "tagger-73ca929bc1d1 tagger-7acba521b5ae tagger-90cc4d6614f2 tagger-a2bb884c6e67 tagger-aadd584dd922 "
            "tagger-ae9da65c454c tagger-b028ab648786 tagger-b94b9ca2ce91 tagger-bc62369773ef tagger-c0c5302391ae "
            "tagger-c4a6f405fc57 tagger-c88e9a6803b4 tagger-d3c17bf459d8 tagger-e08590a808d5 tagger-e7850c409428 "
            "tagger-ee4a75844532 tagger-ff7a60030693 "
        ),
    }.items()
    for key in keys.split()
}
