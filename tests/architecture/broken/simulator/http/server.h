#include <httplib.h>
inline httplib::Client sender("127.0.0.1");
