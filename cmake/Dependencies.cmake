# Third-party libraries: what the system has, else a pinned and hashed download, else one line to type.
#
# A library that is only included and never linked by its target would break: httplib's class layouts depend on
# the definitions of its target (CPPHTTPLIB_OPENSSL_SUPPORT and others), so every user links httplib::httplib.
include(FetchContent)

option(SMARTCAR_SIM_SYSTEM_LIBRARIES "Look for installed libraries before downloading the pinned ones" ON)
set(SMARTCAR_SIM_DOWNLOADS "https://github.com" CACHE STRING "Where the pinned libraries are downloaded from")

# The one line to type: what packages.txt lists for a build.
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../packages.txt" rows REGEX "^build ")
list(TRANSFORM rows REPLACE "^build +([^ ]+).*" "\\1")
list(JOIN rows " " build_packages)
set(apt_line "sudo apt-get install ${build_packages}")

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0)
if(NOT OpenSSL_FOUND)
  message(FATAL_ERROR "OpenSSL 3 is not installed. Type: ${apt_line}")
endif()

# Makes the targets of a pinned library available: from FETCHCONTENT_SOURCE_DIR_<NAME> if that is set, else downloaded.
# The download is not left to FetchContent, whose error says nothing about apt. SYSTEM goes first: CMake 3.25 takes it for
# a part of whatever value stands before it.
function(fetch_pinned name url sha256)
  string(TOUPPER ${name} upper)
  set(tarball "${CMAKE_BINARY_DIR}/_deps/${name}-${sha256}.tar.gz")
  if(NOT FETCHCONTENT_SOURCE_DIR_${upper} AND NOT EXISTS "${tarball}")
    message(STATUS "${name} is not installed, downloading ${url}")
    file(DOWNLOAD "${url}" "${tarball}.part" STATUS status)
    list(POP_FRONT status code reason)
    if(NOT code EQUAL 0)
      message(FATAL_ERROR "${name} is not installed and cannot be downloaded (${reason}). Type: ${apt_line}")
    endif()
    file(SHA256 "${tarball}.part" found)
    if(NOT found STREQUAL sha256)
      message(FATAL_ERROR "${url} is not the ${name} that is pinned (its SHA-256 is ${found}). Type: ${apt_line}")
    endif()
    file(RENAME "${tarball}.part" "${tarball}")
  endif()
  FetchContent_Declare(${name} SYSTEM URL "file://${tarball}" URL_HASH SHA256=${sha256} DOWNLOAD_EXTRACT_TIMESTAMP OFF)
  FetchContent_MakeAvailable(${name})
endfunction()

# Defines httplib::httplib from an installed library, if there is one: upstream's CMake package, or pkg-config,
# where Debian calls it cpp-httplib and everyone else httplib.
macro(find_installed_httplib)
  find_package(httplib QUIET CONFIG COMPONENTS OpenSSL)
  if(NOT httplib_FOUND)
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
      pkg_check_modules(installed_httplib QUIET IMPORTED_TARGET cpp-httplib>=0.11.4)
      if(NOT installed_httplib_FOUND)
        pkg_check_modules(installed_httplib QUIET IMPORTED_TARGET httplib>=0.11.4)
      endif()
    endif()
    if(installed_httplib_FOUND)
      add_library(httplib::httplib INTERFACE IMPORTED)
      target_link_libraries(httplib::httplib INTERFACE
        PkgConfig::installed_httplib OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
    endif()
  endif()
endmacro()

function(fetch_httplib)
  set(HTTPLIB_REQUIRE_OPENSSL ON)
  set(HTTPLIB_INSTALL OFF)
  set(HTTPLIB_USE_ZSTD_IF_AVAILABLE OFF)
  set(HTTPLIB_USE_BROTLI_IF_AVAILABLE OFF)
  fetch_pinned(httplib ${SMARTCAR_SIM_DOWNLOADS}/yhirose/cpp-httplib/archive/refs/tags/v0.53.1.tar.gz
    185af9587e270de9a3bfee234c6740f02e82265da33c7a41f97e02ee42f979d2)
  # Since 0.30.2 the client asks "Expect: 100-continue" for every body of 1 KiB and waits a second for the answer;
  # no real sender of webhooks does that. 0 turns it off; it can only be set where the header is compiled by us.
  target_compile_definitions(httplib INTERFACE CPPHTTPLIB_EXPECT_100_THRESHOLD=0)
endfunction()

if(SMARTCAR_SIM_SYSTEM_LIBRARIES)
  find_installed_httplib()
  find_package(nlohmann_json 3.11 QUIET)
  find_package(cxxopts 3.0 QUIET)
  find_package(Catch2 QUIET)
endif()

if(NOT TARGET httplib::httplib)
  fetch_httplib()
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  fetch_pinned(nlohmann_json ${SMARTCAR_SIM_DOWNLOADS}/nlohmann/json/archive/refs/tags/v3.11.3.tar.gz
    0d8ef5af7f9794e3263480193c491549b2ba6cc74bb018906202ada498a79406)
endif()
if(NOT TARGET cxxopts::cxxopts)
  fetch_pinned(cxxopts ${SMARTCAR_SIM_DOWNLOADS}/jarro2783/cxxopts/archive/refs/tags/v3.2.0.tar.gz
    9f43fa972532e5df6c5fd5ad0f5bac606cdec541ccaf1732463d8070bbb7f03b)
endif()
if(SMARTCAR_SIM_TESTS AND NOT TARGET Catch2::Catch2)
  fetch_pinned(Catch2 ${SMARTCAR_SIM_DOWNLOADS}/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz
    c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c)
  FetchContent_GetProperties(Catch2)
  list(APPEND CMAKE_MODULE_PATH "${catch2_SOURCE_DIR}/extras")
endif()
