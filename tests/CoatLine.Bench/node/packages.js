"use strict";
// The packages of the interoperability tests, so that there is one place that pins them, and what both scripts need.
const fs = require("fs");
const net = require("net");
const os = require("os");
const path = require("path");
const { createRequire } = require("module");

const interop = path.join(__dirname, "..", "..", "CoatLine.OpcUa.Tests", "interop");

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A folder for the certificates that node-opcua makes; it is gone when the process ends. */
function scratch(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `coatline-bench-${name}-`));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

module.exports = { freePort, scratch, load: () => createRequire(path.join(interop, "package.json"))("node-opcua") };
