-- For wrk: every line of the first file is the body of a call, every line of the second a token.
-- Calls are built once; what is measured is the server. Prints one line of JSON at the end.
local calls, at = {}, 0

local function lines(path)
  local found = {}
  for line in io.lines(path) do found[#found + 1] = line end
  return found
end

function init(args)
  local bodies, tokens = lines(args[1]), lines(args[2])
  for n, body in ipairs(bodies) do
    local headers = {
      ["Content-Type"] = "application/json",
      ["Authorization"] = "Bearer " .. tokens[(n - 1) % #tokens + 1],
    }
    calls[n] = wrk.format("POST", nil, headers, body)
  end
end

function request()
  at = at % #calls + 1
  return calls[at]
end

function done(summary, latency, requests)
  local faults = summary.errors
  io.write(string.format(
    '{"calls": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "faults": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    faults.connect + faults.read + faults.write + faults.status + faults.timeout))
end
