#include "routes/router.h"

#include <algorithm>
#include <cassert>

namespace smartcar_sim::routes {
namespace {

// Takes the first segment off a path that begins with '/'.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

// "/a/b/" is "/a/b"; "/" stays.
std::string_view without_trailing_slash(std::string_view path) {
    if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
}

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{'; }

}  // namespace

const std::string& Parameters::operator[](std::string_view name) const {
    static const std::string kNone;
    const auto found = std::ranges::find_if(values_, [&](const auto& each) { return each.first == name; });
    return found == values_.end() ? kNone : found->second;
}

// What may follow one segment: exact ones, sorted for a search by halves, or else any one.
struct Router::Node {
    std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> exact;
    std::unique_ptr<Node> any;
    std::string_view parameter;  // the name of `any`'s segment
    std::vector<Route> methods;  // of a path that ends here

    [[nodiscard]] const Node* next(std::string_view segment) const {
        const auto found = position(segment);
        return found != exact.end() && found->first == segment ? found->second.get() : nullptr;
    }

    [[nodiscard]] const Route* route(std::string_view method) const {
        const auto found = std::ranges::find(methods, method, &Route::method);
        return found == methods.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string allow() const {
        std::string list;
        for (const Route& route : methods) {
            list.append(list.empty() ? "" : ", ").append(route.method);
            if (route.method == "GET") list += ", HEAD";
        }
        return list;
    }

    Node& grow(std::string_view segment) {
        if (is_parameter(segment)) {
            const std::string_view name = segment.substr(1, segment.size() - 2);
            if (!any) any = std::make_unique<Node>();
            assert(parameter.empty() || parameter == name);
            parameter = name;
            return *any;
        }
        const auto found = position(segment);
        if (found != exact.end() && found->first == segment) return *found->second;
        return *exact.emplace(found, segment, std::make_unique<Node>())->second;
    }

private:
    [[nodiscard]] std::vector<std::pair<std::string_view, std::unique_ptr<Node>>>::const_iterator position(
        std::string_view segment) const {
        return std::ranges::lower_bound(exact, segment, {}, [](const auto& each) { return each.first; });
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(std::span<const Route> routes) {
    for (const Route& route : routes) {
        assert(route.pattern.starts_with('/'));
        Node* node = root_.get();
        for (std::string_view rest = without_trailing_slash(route.pattern); !rest.empty();) {
            node = &node->grow(take_segment(rest));
        }
        assert(node->route(route.method) == nullptr);
        node->methods.push_back(route);
    }
}

Lookup Router::find(std::string_view method, std::string_view path) const {
    if (!path.starts_with('/')) return NoSuchPath{};
    Match match{};
    const Node* node = root_.get();
    for (std::string_view rest = without_trailing_slash(path); !rest.empty();) {
        const std::string_view segment = take_segment(rest);
        if (const Node* const exact = node->next(segment)) {
            node = exact;
        } else if (node->any && !segment.empty()) {
            match.parameters.add(node->parameter, base::percent_decode(segment, base::Plus::kLiteral));
            node = node->any.get();
        } else {
            return NoSuchPath{};
        }
    }
    if (node->methods.empty()) return NoSuchPath{};
    const Route* const route = node->route(method == "HEAD" ? "GET" : method);
    if (route == nullptr) return NoSuchMethod{.allow = node->allow()};
    match.handler = route->handler;
    match.parameters.set_row(route->row);
    return match;
}

}  // namespace smartcar_sim::routes
