#include "base/upward.h"

#include <httplib.h>

#include "http/server.h"
