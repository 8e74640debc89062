/** What every platform's check begins with: whether it can be reached, and whether the clocks agree. */
import { bad, type Finding, good } from './finding';
import type { Probe } from './probe';

/** Far below the hour that DingTalk allows a signature, and far above what a synchronised clock strays. */
const skewLimitMs = 60_000;

export function checkReach(probe: Probe, platform: string, setting: string): Finding {
  if (!probe.reached) {
    return bad(
      `连不上${platform}接口（${probe.reason}）`,
      `检查服务器能否上网、防火墙和代理是否放行，${setting} 是否写对`,
    );
  }
  if (probe.status >= 500 || probe.status === 404) {
    return bad(`${platform}接口答复异常（HTTP ${probe.status}）`, `核对 ${setting}；地址无误就稍后再试`);
  }
  return good(`连得上${platform}接口`);
}

/** Nothing when the other side does not tell the time. */
export function checkClock(probe: Probe): readonly Finding[] {
  if (!probe.reached || probe.aheadMs === null) return [];
  const seconds = Math.round(Math.abs(probe.aheadMs) / 1000);
  if (seconds * 1000 <= skewLimitMs) return [good('服务器时间与平台一致')];
  const direction = probe.aheadMs > 0 ? '快' : '慢';
  return [bad(`服务器时间比平台${direction} ${seconds} 秒`, '请校准服务器时间（启用 NTP），否则签名会被拒绝')];
}
