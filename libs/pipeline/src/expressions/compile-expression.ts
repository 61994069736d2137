import { nearestNames } from '@assay/primitives';
import { chosenInput, InvalidInputError, PURE_NUMBER, resolveParameters, type Parameters } from '@assay/quant';
import { ALONE, type FeatureContext } from '../columns';
import { columnNode } from './column-node';
import { indicatorFunctions, SERIES_FUNCTIONS, seriesFunction, type SeriesFunction } from './functions';
import { indicatorNode } from './indicator-node';
import { constantNode, elementwiseNode, type ExpressionNode } from './node';
import { ARITHMETIC, chosen, compared, ELEMENTWISE, jointScale, LOGIC, negated, quotientScale } from './operations';
import { parseExpression, type Argument, type InfixOperator, type Syntax } from './parse-expression';
import { refusal } from './refusal';

/** Most numbers of state of an expression: what a running strategy keeps of it after every bar. */
export const MOST_STATE = 100_000;

type Call = Extract<Syntax, { kind: 'call' }>;

/**
 * The runnable form of an expression, types checked.
 * @param context of columns that are features listed before; any other is a column of the bars.
 * @throws InvalidInputError with the place of what is wrong.
 */
export function compileExpression(text: string, context: FeatureContext = ALONE): ExpressionNode {
  const node = nodeOf(parseExpression(text), context);
  if (node.columns.length === 0) throw refusal('column', 0, 'read at least one column', text.trim());
  if (node.size > MOST_STATE) {
    throw refusal('windows', 0, `keep at most ${MOST_STATE} values of its windows`, String(node.size));
  }
  return node;
}

function nodeOf(syntax: Syntax, context: FeatureContext): ExpressionNode {
  switch (syntax.kind) {
    case 'number':
      return constantNode(syntax.value);
    case 'column':
      return columnNode(syntax.name, context);
    case 'prefix': {
      const of = operand(syntax.of, syntax.operator === 'not' ? 'condition' : 'number', context);
      return syntax.operator === 'not'
        ? elementwiseNode('condition', PURE_NUMBER, [of], LOGIC.not)
        : elementwiseNode('number', of.scale, [of], negated);
    }
    case 'infix':
      return infixNode(syntax, context);
    case 'call':
      return callNode(syntax, context);
  }
}

function operand(syntax: Syntax, type: ExpressionNode['type'], context: FeatureContext): ExpressionNode {
  const node = nodeOf(syntax, context);
  if (node.type === type) return node;
  throw refusal('type', syntax.at, `have a ${type}`, `a ${node.type}`);
}

const isArithmetic = (operator: InfixOperator): operator is keyof typeof ARITHMETIC =>
  Object.hasOwn(ARITHMETIC, operator);

function infixNode(
  { operator, left, right }: Extract<Syntax, { kind: 'infix' }>,
  context: FeatureContext,
): ExpressionNode {
  const type = operator === 'and' || operator === 'or' ? 'condition' : 'number';
  const sides = [operand(left, type, context), operand(right, type, context)];
  if (operator === 'and' || operator === 'or') return elementwiseNode('condition', PURE_NUMBER, sides, LOGIC[operator]);
  const [a, b] = sides.map(({ scale }) => scale) as [ExpressionNode['scale'], ExpressionNode['scale']];
  const scale = operator === '/' ? quotientScale(a, b) : jointScale([a, b]);
  if (isArithmetic(operator)) return elementwiseNode('number', scale, sides, ARITHMETIC[operator]);
  return elementwiseNode('condition', PURE_NUMBER, sides, compared(operator, scale ?? PURE_NUMBER));
}

function callNode(call: Call, context: FeatureContext): ExpressionNode {
  const { name, args, at } = call;
  if (name === 'if') return ifNode(call, context);
  if (name === 'pct') {
    const over = seriesNode(call, seriesFunction('ratio')!, context);
    return elementwiseNode('number', PURE_NUMBER, [over, constantNode(1)], ARITHMETIC['-']);
  }
  if (Object.hasOwn(ELEMENTWISE, name)) {
    const { args: count, says, of, keepsUnit } = ELEMENTWISE[name]!;
    requireArguments(call, count, says);
    const inputs = args.map(({ value }) => operand(value, 'number', context));
    const scale = keepsUnit ? jointScale(inputs.map((input) => input.scale)) : PURE_NUMBER;
    return elementwiseNode('number', scale, inputs, of);
  }
  const series = seriesFunction(name);
  if (series) return seriesNode(call, series, context);
  const functions = [...Object.keys(ELEMENTWISE), 'if', ...SERIES_FUNCTIONS];
  const near = nearestNames(name, [...functions, ...indicatorFunctions()]);
  if (near.length > 0)
    throw refusal('function', at, `call a function that there is, such as ${near.join(' or ')}`, name);
  const known = functions.join(', ');
  throw refusal('function', at, `call one of ${known} or an indicator by its feature's name`, name);
}

function ifNode(call: Call, context: FeatureContext): ExpressionNode {
  requireArguments(call, [3, 3], 'condition, a, b');
  const [condition, a, b] = call.args.map(({ value }, k) => operand(value, k === 0 ? 'condition' : 'number', context));
  return elementwiseNode('number', jointScale([a!.scale, b!.scale]), [condition!, a!, b!], chosen);
}

function requireArguments({ name, args, at }: Call, [least, most]: readonly [number, number], says: string): void {
  const wrong = args.find((arg) => arg.name !== null);
  if (wrong) throw refusal('arguments', at, `call ${name}(${says}) without names`, `${wrong.name} =`);
  if (args.length < least || args.length > most) {
    throw refusal('arguments', at, `call ${name}(${says})`, `${args.length} arguments`);
  }
}

/** `f(x, 20)`, `f(x, window = 20)`; without `x` where the indicator reads columns of its own alone, as in `atr(14)`. */
function seriesNode(
  call: Call,
  { indicator, output, isStated }: SeriesFunction,
  context: FeatureContext,
): ExpressionNode {
  const place = chosenInput(indicator);
  const names = Object.keys(indicator.parameters);
  const says = [...(place < 0 ? [] : ['x']), ...names].join(', ');
  const [first, ...rest] = call.args;
  let series: ExpressionNode | null = null;
  if (place >= 0) {
    if (!first || first.name !== null) throw refusal('arguments', call.at, `call ${call.name}(${says})`, 'no series');
    series = operand(first.value, 'number', context);
    if (series.constant !== undefined) {
      throw refusal('arguments', first.value.at, `call ${call.name}(${says}) with a series`, String(series.constant));
    }
  }
  const given = parametersOf(call, place < 0 ? call.args : rest, names, says);
  if (isStated && names.includes('window') && given.window === undefined) {
    throw refusal('arguments', call.at, `call ${call.name}(${says}) with its window`, 'none');
  }
  const params = checked(call, () => resolveParameters(indicator.parameters, given));
  checked(call, () => indicator.lookback(params));
  const inputs = indicator.inputs.map((input, k) => (k === place ? series! : columnNode(input, context)));
  return indicatorNode(indicator, output, params, inputs);
}

/** Parameters by place or by name; each is a number of its own. */
function parametersOf(call: Call, args: readonly Argument[], names: readonly string[], says: string): Parameters {
  const given: Parameters = {};
  args.forEach(({ name, value }, k) => {
    const wanted = name ?? names[k];
    if (wanted === undefined || !names.includes(wanted) || given[wanted] !== undefined) {
      throw refusal('arguments', value.at, `call ${call.name}(${says})`, name === null ? 'one more' : `${name} =`);
    }
    const { constant } = nodeOf(value, ALONE);
    if (constant === undefined) throw refusal('arguments', value.at, `have a number for ${wanted}`, 'a series');
    given[wanted] = constant;
  });
  return given;
}

/** A refusal of the core library, at its place in the text. */
function checked<T>({ name, at }: Call, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const message = `expression must call ${name} rightly at ${at + 1}: ${error.message}`;
    throw new InvalidInputError(message, { ...error.facts, field: 'expression' });
  }
}
