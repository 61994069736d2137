import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { JoinDto } from './join.request';
import { JoinedBarsDto } from './join.response';
import { JoinService } from './join.service';

@ApiTags('data')
@Scopes('data:write')
@Controller('data')
export class JoinController {
  constructor(private readonly joining: JoinService) {}

  @Post('join')
  @ApiOperation({
    summary:
      'Put external series beside stored bars, each value as it was known at the close of the bar, and store the bars with these columns as a series of their own',
  })
  @ApiCreatedResponse({ type: JoinedBarsDto })
  join(@Owner() owner: Principal, @Body() body: JoinDto): Promise<JoinedBarsDto> {
    return this.joining.join(owner, body);
  }
}
