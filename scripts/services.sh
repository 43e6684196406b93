# The three services as processes of this machine; sourced by scripts/up and scripts/down.
#
# Of each running service var/run holds NAME.pid and NAME.start: what it was started with, by which
# a rebuilt or differently configured one is recognized.

run_dir=$root/var/run
log_dir=$root/var/log
bin_dir=$root/build/release/bin

# In the order of starting; they stop in the reverse order.
services=(gongkai-plans gongkai-reporting gongkai-gateway)

# True while the process of NAME is alive and still that program: a pid may have been given anew.
# Its first word tells, and not /proc/PID/exe, which names something else once the linker has
# replaced the file.
is_running() {
  local pid program
  pid=$(cat "$run_dir/$1.pid" 2>/dev/null) || return 1
  IFS= read -r -d '' program 2>/dev/null <"/proc/$pid/cmdline" || return 1
  [[ $program = "$bin_dir/$1" ]]
}

# What NAME would be started with now: its program, the database server (PostgreSQL has another port
# after each start) and its words.
wanted_start() {
  local name=$1
  shift
  printf '%s\n' "$(stat -c '%i %y' "$bin_dir/$name")" "$(cksum <<<"${server:-}")" "$*"
}

# True where NAME runs, from the present program and with exactly these words.
is_current() {
  local name=$1
  is_running "$name" && [[ $(wanted_start "$@") = "$(cat "$run_dir/$name.start")" ]]
}

# start_service NAME WORD ...: returns at once; the log grows in var/log/NAME.log.
start_service() {
  local name=$1
  shift
  mkdir -p "$run_dir" "$log_dir"
  # A session of its own keeps the service alive when the terminal closes.
  setsid "$bin_dir/$name" "$@" </dev/null >"$log_dir/$name.log" 2>&1 &
  echo $! >"$run_dir/$name.pid"
  wanted_start "$name" "$@" >"$run_dir/$name.start"
  # Until the shell has become the program, or has failed to.
  until is_running "$name" || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
}

# Ends NAME, if it runs, and waits until it has drained.
stop_service() {
  local pid
  if is_running "$1"; then
    pid=$(cat "$run_dir/$1.pid")
    kill -TERM "$pid"
    if ! timeout 30 tail --pid="$pid" -f /dev/null; then
      say "$1 (pid $pid) did not end within 30 seconds and is killed." >&2
      kill -KILL "$pid"
    fi
  fi
  rm -f "$run_dir/$1.pid" "$run_dir/$1.start"
}

stop_services() {
  local i
  for ((i = ${#services[@]} - 1; i >= 0; i--)); do stop_service "${services[i]}"; done
}
