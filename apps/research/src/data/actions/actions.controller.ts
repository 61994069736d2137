import { BodyLimit, Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { FILE_FORMS } from '../imports/file-body';
import { fileRequest } from '../imports/import-request';
import { DataThreads } from '../threads/data-threads';
import { ActionPageQuery, ActionsDto, ActionsFileQuery } from './action.request';
import { ChangedActionsDto, CorporateActionPageDto } from './action.response';
import { ActionsService } from './actions.service';

const BODY_BYTES = 2 * 1024 * 1024;

@ApiTags('data')
@ApiExtraModels(ActionsDto)
@Scopes('research:read')
@Controller('data/actions')
export class ActionsController {
  constructor(
    private readonly actions: ActionsService,
    private readonly threads: DataThreads,
  ) {}

  @Post()
  @HttpCode(200)
  @Scopes('data:write')
  @BodyLimit(BODY_BYTES, { file: true })
  @ApiOperation({
    summary:
      'Declare splits and dividends of a symbol from a source: a list, or a file of them as text in JSON, as the body with the rest in the ' +
      'query, or in a form. All its bars get their factors anew; scope data:correct is needed where some are stored',
  })
  @ApiConsumes(...FILE_FORMS)
  @ApiBody({ schema: { $ref: getSchemaPath(ActionsDto) } })
  @ApiOkResponse({ type: ChangedActionsDto })
  async write(
    @Owner() owner: Principal,
    @Query() query: ActionsFileQuery,
    @Body() body: unknown,
  ): Promise<ChangedActionsDto> {
    const shapes = { body: ActionsDto, query: ActionsFileQuery };
    return this.actions.write(owner, await fileRequest(query, await this.threads.bodyOf(body), shapes));
  }

  @Get()
  @ApiOperation({ summary: 'Declared splits and dividends, by symbol, source and date' })
  @ApiOkResponse({ type: CorporateActionPageDto })
  list(@Query() query: ActionPageQuery): Promise<CorporateActionPageDto> {
    return this.actions.list(query);
  }

  @Delete(':id')
  @HttpCode(200)
  @Scopes('data:write')
  @ApiOperation({ summary: 'Take a split or dividend back; scope data:correct is needed' })
  @ApiOkResponse({ type: ChangedActionsDto })
  remove(@Owner() owner: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<ChangedActionsDto> {
    return this.actions.remove(owner, id);
  }
}
