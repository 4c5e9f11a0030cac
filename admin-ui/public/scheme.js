// Before the first paint: the scheme that was chosen here last, else the system’s. A file, because the page’s policy
// allows no inline script.
(() => {
  let scheme = 'auto';
  try {
    scheme = localStorage.getItem('tc-scheme') ?? scheme;
    document.documentElement.dataset.navigation = localStorage.getItem('tc-navigation') ?? 'open';
    document.documentElement.dataset.density = localStorage.getItem('tc-density') ?? 'comfortable';
  } catch {
    // Storage may be switched off; then every visit begins with the system’s scheme.
  }
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  if (/\/public\//.test(location.pathname)) document.documentElement.dataset.public = 'yes';
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
