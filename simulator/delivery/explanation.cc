#include "delivery/explanation.h"

#include <string>

namespace smartcar_sim::delivery {

signature::Language language_of(const contract::Response& answer) {
    return signature::language_told_by(answer.headers.get("server").value_or(""),
                                       answer.headers.get("x-powered-by").value_or(""));
}

void write_members(document::Writer& object, const signature::Explanation& explanation) {
    object.member("valid", explanation.valid).key("mistake");
    explanation.mistake ? object.value(*explanation.mistake) : object.null();
    object.key("alsoPossible").begin_array();
    for (const std::string& id : explanation.also_possible) object.value(id);
    object.end_array().member("says", explanation.says).member("fix", explanation.fix);
    object.member("tried", explanation.tried);
}

}  // namespace smartcar_sim::delivery
