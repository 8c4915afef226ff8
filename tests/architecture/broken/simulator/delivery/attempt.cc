#include "base/upward.h"
#include "delivery/raw_line.h"
