auto now() { return std::chrono::system_clock::now(); }
auto home() { return std::getenv("HOME"); }
