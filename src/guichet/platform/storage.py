"""Static files under names that carry their hash, also where a script imports a script."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no stubs
    """The manifest storage of the portal."""

    # Without it Django leaves `import … from "./x.js"` alone, and the unhashed name is a 404.
    support_js_module_import_aggregation = True
