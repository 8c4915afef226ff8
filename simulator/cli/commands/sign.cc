#include "cli/commands/commands.h"
#include "cli/input.h"
#include "cli/token.h"
#include "document/writer.h"
#include "signature/hmac.h"

namespace smartcar_sim::cli {
namespace {

// Most wrong signatures made by hand are right ones of one byte too many.
void warn_about(std::string_view body, Terminal& terminal) {
    if (body.empty()) terminal.warn("the input is empty");
    if (body.ends_with('\n')) {
        terminal.warn("the input ends in a newline, which is signed too; `printf %s` and `echo -n` add none");
    }
}

std::string signature_object(std::string_view signature) {
    std::string line;
    document::Writer(line).begin_object().member("type", "signature").member("signature", signature).end_object();
    return line;
}

}  // namespace

ExitCode run_sign(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    const auto token = application_management_token(settings, terminal);
    if (!token) return terminal.fail(exit_code_of(token.error()), token.error());
    const std::string source = settings.has(OptionId::kBody) ? settings.text(OptionId::kBody) : "-";
    const auto body = read_input(source, surroundings.in);
    if (!body) return terminal.fail(exit_code_of(body.error()), body.error());

    warn_about(body.value(), terminal);
    const std::string signature = signature::hmac_sha256_hex(token.value().reveal(), body.value());
    terminal.print(terminal.json() ? signature_object(signature) : signature);
    return ExitCode::kHeld;
}

}  // namespace smartcar_sim::cli
