// The commands of gongkai-plans that are about signing in: make-session-key, make-account and
// make-token.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace gongkai::plans {

class AccountCommands {
 public:
  // Adds the commands; `app` must outlive this.
  explicit AccountCommands(CLI::App& app);

  // Runs the one that was given: its exit code. Nothing if none of them was.
  std::optional<int> Run() const;

 private:
  int MakeSessionKey() const;
  int MakeAccount() const;
  int MakeToken() const;

  CLI::App* make_session_key_;
  CLI::App* make_account_;
  CLI::App* make_token_;
  std::string database_;
  std::string session_key_file_;
  std::string key_set_file_;
  std::string account_;
  std::string display_name_;
  std::vector<std::string> grants_;
  std::string password_file_;
  bool replace_ = false;
  std::string days_ = "90";
};

}  // namespace gongkai::plans
