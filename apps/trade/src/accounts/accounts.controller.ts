import type { Principal } from '@assay/platform';
import { EntityTag, Owner, Scopes } from '@assay/platform';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TimePageQueryDto } from '../listing/time-page';
import { AccountDto, AccountPageDto } from './account.response';
import { AccountCreateDto } from './account.request';
import { AccountsService } from './accounts.service';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Post()
  @Scopes('trade:write')
  @ApiOperation({ summary: 'Open a paper account, or record a live one' })
  @ApiCreatedResponse({ type: AccountDto })
  create(@Owner() owner: Principal, @Body() body: AccountCreateDto): Promise<AccountDto> {
    return this.accounts.create(owner, body);
  }

  @Get()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'List own accounts' })
  @ApiOkResponse({ type: AccountPageDto })
  list(@Owner() owner: Principal, @Query() query: TimePageQueryDto): Promise<AccountPageDto> {
    return this.accounts.list(owner, query);
  }

  @Get(':accountId')
  @EntityTag()
  @Scopes('trade:read')
  @ApiOperation({ summary: 'One account' })
  @ApiOkResponse({ type: AccountDto })
  get(@Owner() owner: Principal, @Param('accountId', ParseUUIDPipe) accountId: string): Promise<AccountDto> {
    return this.accounts.get(owner, accountId);
  }
}
