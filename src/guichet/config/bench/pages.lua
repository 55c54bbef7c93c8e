-- For wrk: one page, asked again and again. Prints one line of JSON at the end.
function done(summary, latency, requests)
  local faults = summary.errors
  io.write(string.format(
    '{"calls": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "faults": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    faults.connect + faults.read + faults.write + faults.status + faults.timeout))
end
