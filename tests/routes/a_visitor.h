// Someone who walks through Connect's pages as a robot does: reads the forms, fills them in, presses buttons.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "routes/an_application.h"

namespace smartcar_sim::routes {

inline std::string unescaped(std::string_view html) {
    const std::vector<std::pair<std::string_view, char>> entities = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    std::string text;
    while (!html.empty()) {
        const auto found =
            std::ranges::find_if(entities, [&](const auto& each) { return html.starts_with(each.first); });
        text += found == entities.end() ? html.front() : found->second;
        html.remove_prefix(found == entities.end() ? 1 : found->first.size());
    }
    return text;
}

// One tag, between "<" and ">".
struct Tag {
    std::string text;

    [[nodiscard]] bool is(std::string_view name) const { return text.starts_with(std::string(name) + " "); }
    [[nodiscard]] bool has(std::string_view word) const {
        return text.find(" " + std::string(word)) != std::string::npos;
    }
    [[nodiscard]] std::string get(std::string_view name) const {
        const std::string start = " " + std::string(name) + "=\"";
        const std::size_t at = text.find(start);
        if (at == std::string::npos) return {};
        const std::size_t from = at + start.size();
        return unescaped(std::string_view(text).substr(from, text.find('"', from) - from));
    }
};

inline std::vector<Tag> tags_of(std::string_view html) {
    std::vector<Tag> tags;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        tags.push_back({std::string(html.substr(at + 1, html.find('>', at) - at - 1))});
    }
    return tags;
}

class Visitor {
public:
    explicit Visitor(Application& application) : application_(application) {}

    // What is on the screen, after redirects to pages of ours there are none.
    contract::Response page;

    void open(std::string target) { page = application_.send("GET", std::move(target)); }

    [[nodiscard]] bool sees(std::string_view id) const {
        return page.body.find(" id=\"" + std::string(id) + '"') != std::string::npos;
    }
    [[nodiscard]] std::string location() const { return header(page, "location"); }
    // Where a link leads.
    [[nodiscard]] std::string link(std::string_view id) const { return tag_of(id).get("href"); }

    // Presses the button of that id: its form goes with what is typed, what is ticked and the button itself.
    void press(std::string_view id, const base::Fields& typed = {}) {
        REQUIRE(sees(id));
        const std::string_view html = page.body;
        const std::size_t button = html.find(" id=\"" + std::string(id) + '"');
        const std::size_t start = html.rfind("<form", button);
        const std::string_view form = html.substr(start, html.find("</form>", start) - start);
        const std::vector<Tag> tags = tags_of(form);
        std::string data;
        const auto add = [&](const std::string& name, const std::string& value) {
            data += (data.empty() ? "" : "&") + base::percent_encode(name) + '=' + base::percent_encode(value);
        };
        for (const Tag& tag : tags) {
            const std::string type = tag.get("type");
            const bool ticking = type == "checkbox" || type == "radio";
            if (!tag.is("input") || tag.get("name").empty() || tag.has("disabled")) continue;
            if (ticking ? tag.has("checked") && !is_unticked(tag) : !is_typed(typed, tag.get("name"))) {
                add(tag.get("name"), tag.get("value"));
            }
        }
        for (const auto& [name, value] : typed) add(name, value);
        const Tag pressed = tag_of(id);
        if (!pressed.get("name").empty()) add(pressed.get("name"), pressed.get("value"));
        send(tags.front(), data);
    }

    // What is ticked on the page and will not be.
    std::vector<std::string> unticked;

    // From the preamble to the page behind the login.
    void sign_in(const std::string& target, std::string_view make, const std::string& username) {
        open(target);
        press("continue-button");
        press(make);
        press("sign-in-button", {{"username", username}, {"password", "secret"}});
    }

private:
    static bool is_typed(const base::Fields& typed, const std::string& name) {
        return base::field(typed, name).has_value();
    }
    [[nodiscard]] bool is_unticked(const Tag& tag) const {
        return std::ranges::find(unticked, tag.get("value")) != unticked.end();
    }
    [[nodiscard]] Tag tag_of(std::string_view id) const {
        for (const Tag& tag : tags_of(page.body)) {
            if (tag.get("id") == id) return tag;
        }
        FAIL("no element has the id " << id);
        return {};
    }
    void send(const Tag& form, const std::string& data) {
        if (form.get("method") == "get") return open(form.get("action") + "?" + data);
        page = application_.send("POST", form.get("action"),
                                 {{"host", "127.0.0.1:8080"},
                                  {"origin", "http://127.0.0.1:8080"},
                                  {"content-type", "application/x-www-form-urlencoded"}},
                                 data);
    }

    Application& application_;
};

}  // namespace smartcar_sim::routes
