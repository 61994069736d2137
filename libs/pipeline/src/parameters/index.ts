export { parameterProblem, resolveParams } from './resolve-params';
