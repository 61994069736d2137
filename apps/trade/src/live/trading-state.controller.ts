import type { Principal } from '@assay/platform';
import { Owner, Scopes } from '@assay/platform';
import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TradingStateDto } from '../accounts/account.request';
import { AccountDto } from '../accounts/account.response';
import { TradingStateService } from './trading-state.service';

@ApiTags('accounts')
@Controller('accounts')
export class TradingStateController {
  constructor(private readonly states: TradingStateService) {}

  @Post(':accountId/trading-state')
  @HttpCode(200)
  @Scopes('trade:write')
  @ApiOperation({
    summary: 'Set ACTIVE, REDUCING (exits only) or HALTED (nothing but a manual flatten)',
    description:
      'What lets a live account trade more than it may (HALTED to REDUCING or ACTIVE, REDUCING to ACTIVE) needs the scope trade:live and the trade password, as resuming a live deployment does. Halting, and all of a paper account, needs trade:write alone.',
  })
  @ApiOkResponse({ type: AccountDto })
  setTradingState(
    @Owner() owner: Principal,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Body() body: TradingStateDto,
  ): Promise<AccountDto> {
    return this.states.set(owner, accountId, body);
  }
}
