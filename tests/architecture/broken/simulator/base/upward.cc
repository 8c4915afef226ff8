#include "base/upward.h"
#include "http/server.h"
#include <httplib.h>
