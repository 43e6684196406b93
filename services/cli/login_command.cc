#include "services/cli/login_command.h"

#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "gongkai/plans/v1/sessions.grpc.pb.h"
#include "services/cli/complaint.h"
#include "services/cli/exit_codes.h"
#include "services/cli/service_call.h"
#include "services/common/rpc/server.h"

namespace gongkai::cli {
namespace {

namespace v1 = plans::v1;

struct LoginOptions {
  std::string account;
  std::string password_file;
  std::string plans = "127.0.0.1:7101";
};

// While it stands, what is typed is not shown.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    auto hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string AskPassword() {
  if (isatty(STDIN_FILENO)) std::cerr << "Password: ";
  std::string password;
  {
    const HiddenTyping hidden;
    std::getline(std::cin, password);
  }
  if (isatty(STDIN_FILENO)) std::cerr << "\n";
  return password;
}

// Nothing if the file cannot be read.
std::optional<std::string> FirstLineOf(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return line;
}

int Run(const LoginOptions& options) {
  const auto password =
      options.password_file.empty() ? AskPassword() : FirstLineOf(options.password_file);
  if (!password) {
    std::cerr << "gongkai login: " << options.password_file << " cannot be read or is empty\n";
    return kExitUsage;
  }
  v1::CreateSessionRequest request;
  request.set_account(options.account);
  request.set_password(*password);
  const auto sessions = v1::Sessions::NewStub(rpc::MakeChannel(options.plans));
  const auto session =
      Call({options.plans, "--plans"}, *sessions, &v1::Sessions::Stub::CreateSession, request);
  if (!session) return Complain(options.account, session.error());
  std::cout << session->access_token() << "\n";
  return kExitOk;
}

}  // namespace

void AddLoginCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LoginOptions>();
  CLI::App* command =
      app.add_subcommand("login", "Sign in; prints the token that the other commands take.");
  command->add_option("ACCOUNT", options->account, "A local account.")->required();
  command->add_option("--password-file", options->password_file,
                      "File whose first line is the password; default: asked for.");
  command->add_option("--plans", options->plans, "HOST:PORT of the plans service.")
      ->envname("GONGKAI_PLANS_ADDRESS")
      ->capture_default_str();
  command->footer(
      "Example:\n"
      "  export GONGKAI_TOKEN=$(gongkai login office-371721)\n"
      "\n"
      "Exit code: 0 done, 1 refused or service not reachable, 2 wrong usage.");
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace gongkai::cli
