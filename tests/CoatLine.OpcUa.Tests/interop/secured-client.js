"use strict";
// node-opcua as the client of a secured line: for every policy and mode, as nobody, with a password and with a
// certificate, it reads, writes and watches, and prints "RUN <policy> <mode> <user> <what it saw>".
// Usage: node secured-client.js '{"url": …, "certificate": "<pem>", "key": "<pem>", "folder": "<own store>", …}'
const crypto = require("crypto");
const fs = require("fs");
const {
  OPCUAClient, OPCUACertificateManager, AttributeIds, DataType, SecurityPolicy, MessageSecurityMode, UserTokenType,
  ClientSubscription, ClientMonitoredItem, TimestampsToReturn,
} = require("node-opcua");

const LAST = 5;

async function watch(session, nodeId, write) {
  const subscription = ClientSubscription.create(session, {
    requestedPublishingInterval: 20, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 10,
    publishingEnabled: true, priority: 1,
  });
  const item = ClientMonitoredItem.create(
    subscription, { nodeId, attributeId: AttributeIds.Value },
    { samplingInterval: 0, discardOldest: true, queueSize: 100 }, TimestampsToReturn.Both);
  const seen = await new Promise((resolve) => {
    const values = [];
    item.on("changed", async (change) => {
      const { value } = change.value;
      values.push(value);
      if (value === LAST) {
        resolve(values);
      } else {
        await write(value + 1);
      }
    });
  });
  await subscription.terminate();
  return seen.join("-");
}

async function run(settings, manager, policy, mode, user) {
  const client = OPCUAClient.create({
    applicationName: "Interop", endpointMustExist: false, connectionStrategy: { maxRetry: 0 },
    securityPolicy: SecurityPolicy[policy], securityMode: MessageSecurityMode[mode],
    certificateFile: settings.certificate, privateKeyFile: settings.key, clientCertificateManager: manager,
  });
  await client.connect(settings.url);
  try {
    const session = await client.createSession(user);
    const index = (await session.readNamespaceArray()).indexOf("urn:coatline:conformance");
    const nodeId = `ns=${index};s=Types.Counter`;
    const write = (value) => session.write({
      nodeId, attributeId: AttributeIds.Value, value: { value: { dataType: DataType.Int32, value } },
    });
    const written = await write(0);
    const locked = await session.read({ nodeId: `ns=${index};s=Types.Locked`, attributeId: AttributeIds.Value });
    const seen = await watch(session, nodeId, write);
    await session.close();
    return `${written.name} ${locked.value.value} ${seen}`;
  } finally {
    await client.disconnect();
  }
}

async function main() {
  const settings = JSON.parse(process.argv[2]);
  const manager = new OPCUACertificateManager({
    rootFolder: settings.folder, automaticallyAcceptUnknownCertificate: false,
  });
  await manager.initialize();
  const users = {
    anonymous: { type: UserTokenType.Anonymous },
    password: { type: UserTokenType.UserName, userName: settings.user, password: settings.password },
    certificate: {
      type: UserTokenType.Certificate, certificateData: new crypto.X509Certificate(fs.readFileSync(settings.userCertificate)).raw,
      privateKey: fs.readFileSync(settings.userKey, "utf8"),
    },
    wrong: { type: UserTokenType.UserName, userName: settings.user, password: `${settings.password}x` },
  };
  for (const policy of ["Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss"]) {
    for (const mode of ["Sign", "SignAndEncrypt"]) {
      for (const name of settings.users) {
        const result = await run(settings, manager, policy, mode, users[name])
          .catch((error) => `refused: ${error.message.split("\n")[0]}`);
        console.log(`RUN ${policy} ${mode} ${name} ${result}`);
      }
    }
  }
  await manager.dispose();
  console.log("DONE ");
}

main().then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
