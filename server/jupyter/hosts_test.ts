import assert from "node:assert/strict";
import { makeHostTest } from "./hosts.ts";

Deno.test("a host is ours as an address, as localhost, or where the user says so", () => {
  const test = makeHostTest(["Lab.Example.org", "proxy.example.org:8443"]);
  const ours = [
    "localhost",
    "localhost:1",
    "127.0.0.1:9999",
    "192.168.0.7",
    "[::1]:8888",
    "lab.example.org",
    "LAB.example.org:80",
    "proxy.example.org:8443",
  ];
  const others = [
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.999",
    "1.2.3",
    "proxy.example.org",
    "proxy.example.org:1",
    "lab.example.org.evil.example",
    "lab.example.org:80:80",
    "[::1",
    "[::1].evil.example",
    "2130706433",
    "0x7f.1",
  ];
  assert.deepEqual(ours.filter((host) => !test(host)), []);
  assert.deepEqual(others.filter((host) => test(host)), []);
});
