export { explainStrategy, type ExplainInput } from './explain-strategy';
