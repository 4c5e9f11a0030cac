// As much of a browser as sign-in needs: cookies by path, redirects, and forms that are sent as a browser sends them.

type Cookie = { name: string; value: string; path: string };

export type Page = { url: string; status: number; text: string; headers: Headers };

export class TestBrowser {
  readonly cookies: Cookie[] = [];
  readonly #origin: string;
  readonly #publicUrl: string;
  readonly #headers: Record<string, string>;

  /** Requests for `publicUrl` go to `origin`, where the test listens. */
  constructor(origin: string, publicUrl: string, headers: Record<string, string>) {
    this.#origin = origin;
    this.#publicUrl = publicUrl;
    this.#headers = headers;
  }

  cookie(part: string): string | undefined {
    return this.cookies.find((cookie) => cookie.name.includes(part))?.value;
  }

  /** The header with all cookies that belong to a path. */
  cookieHeader(path: string): string {
    return this.cookies
      .filter((cookie) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ');
  }

  /** One request, no redirect followed. */
  async send(
    url: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<Page> {
    const target = new URL(url, this.#publicUrl);
    const asked = new URL(target.pathname + target.search, this.#origin);
    const cookie = this.cookieHeader(target.pathname);
    const response = await fetch(asked, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...this.#headers, ...init.headers },
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line, target.pathname);
    return { url: target.href, status: response.status, text: await response.text(), headers: response.headers };
  }

  async follow(page: Page): Promise<Page> {
    let current = page;
    for (let steps = 0; steps < 15 && [301, 302, 303, 307].includes(current.status); steps += 1) {
      const next = new URL(current.headers.get('location')!, current.url);
      if (next.origin !== new URL(this.#publicUrl).origin) return { ...current, url: next.href };
      current = await this.send(next.href);
    }
    return current;
  }

  async open(path: string): Promise<Page> {
    return this.follow(await this.send(new URL(path, this.#publicUrl).href));
  }

  /** Fills the form of a page and sends it; hidden fields go along. */
  async fill(page: Page, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return this.follow(await this.submit(page, fields, headers));
  }

  async submit(page: Page, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
    if (!action) throw new Error(`There is no form on ${page.url} (${page.status}): ${page.text.slice(0, 600)}`);
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const body = new URLSearchParams([...hidden.map(([, name, value]) => [name!, value!]), ...Object.entries(fields)]);
    return this.send(new URL(action.replaceAll('&amp;', '&'), page.url).href, {
      method: 'POST',
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  #keep(line: string, at: string) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const attribute = (wanted: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? at.replace(/\/[^/]*$/, '');
    const before = this.cookies.findIndex((cookie) => cookie.name === name && cookie.path === path);
    if (before >= 0) this.cookies.splice(before, 1);
    const expires = attribute('expires');
    const gone = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
    if (!gone && value !== '') this.cookies.push({ name, value, path });
  }
}
