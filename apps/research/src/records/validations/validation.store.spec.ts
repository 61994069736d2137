import { itKeepsValidations } from '../../../test/contracts/validation-store.contract';
import { ValidationsInMemory } from '../../../test/memory/validations-in-memory';
import { noConnection } from '../../../test/memory/no-connection';
import { StrategiesInMemory } from '../../../test/memory/strategies-in-memory';

describe('validations in memory', () =>
  itKeepsValidations(new ValidationsInMemory(), new StrategiesInMemory(), () => noConnection));
