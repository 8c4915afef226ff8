// The permissions (scopes) of API v2.0 (contract/api.md section 2.8), and sets of them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace smartcar_sim::vehicle {

// In the order of the contract.
[[nodiscard]] std::span<const std::string_view> permissions();
[[nodiscard]] bool is_permission(std::string_view name);

// Some of them, in four bytes: a fleet may have 100,000 vehicles. Names that are no permission are in no set.
class PermissionSet {
public:
    PermissionSet() = default;
    PermissionSet(std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names) add(name);
    }
    explicit PermissionSet(std::span<const std::string> names) {
        for (const std::string& name : names) add(name);
    }
    [[nodiscard]] static PermissionSet all();

    void add(std::string_view name);
    void remove(std::string_view name);
    [[nodiscard]] bool contains(std::string_view name) const;
    [[nodiscard]] bool contains(const PermissionSet& others) const { return (bits_ & others.bits_) == others.bits_; }
    [[nodiscard]] bool empty() const { return bits_ == 0; }

    [[nodiscard]] std::vector<std::string> names() const;  // in the order of permissions()

    [[nodiscard]] PermissionSet both(const PermissionSet& other) const;    // in this and in the other
    [[nodiscard]] PermissionSet either(const PermissionSet& other) const;  // in one of them at least

    bool operator==(const PermissionSet&) const = default;

private:
    std::uint32_t bits_ = 0;
};

}  // namespace smartcar_sim::vehicle
