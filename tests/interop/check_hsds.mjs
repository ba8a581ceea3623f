// Compiles the schemas of the HSDS description with Ajv and checks answers: {description, answers: [{path, body}]} in, errors out.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}
const {description, answers} = JSON.parse(text);
const ajv = new Ajv2020.default({strict: false, allErrors: true});
addFormats.default(ajv);
ajv.addSchema({...description, $id: 'hsds'}, 'hsds');
const errors = [];
for (const {path, body} of answers) {
  const pointer = path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
  const check = ajv.compile({$ref: `hsds#/paths/${pointer}/get/responses/200/content/application~1json/schema`});
  if (!check(body)) {
    errors.push({path, errors: check.errors});
  }
}
console.log(JSON.stringify(errors));
