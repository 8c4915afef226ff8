TEST_CASE("a name that is run, ~ and all") {}
TEST_CASE("one name; two names") {}
TEST_CASE("~01 is not this case") {}
TEST_CASE("--all is not this case either") {}
