import { Injectable } from '@nestjs/common';
import type { SignalContent } from '../../recipes/signal-content';
import { DefinitionStore } from './definition.store';
import { SignalLogicRevisionEntity } from './signal-logic-revision.entity';
import { SignalLogicEntity } from './signal-logic.entity';

@Injectable()
export class SignalLogicStore extends DefinitionStore<SignalLogicEntity, SignalContent> {
  constructor() {
    super({ kind: 'signal logic', entity: SignalLogicEntity, revisions: SignalLogicRevisionEntity });
  }
}
