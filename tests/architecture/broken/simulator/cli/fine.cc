#include <cxxopts.hpp>

#include "http/server.h"
