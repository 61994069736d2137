import { Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ResampleDto } from './resample.request';
import { ResampledBarsDto } from './resample.response';
import { ResampleService } from './resample.service';

@ApiTags('data')
@Scopes('data:write')
@Controller('data')
export class ResampleController {
  constructor(private readonly resampling: ResampleService) {}

  @Post('resample')
  @ApiOperation({
    summary:
      'Put stored bars together to longer ones along the sessions of their market, and store these as a series of their own',
  })
  @ApiCreatedResponse({ type: ResampledBarsDto })
  resample(@Owner() owner: Principal, @Body() body: ResampleDto): Promise<ResampledBarsDto> {
    return this.resampling.resample(owner, body);
  }
}
