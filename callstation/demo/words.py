"""The word lists of the made-up book: no company, person or product in it exists."""

# ruff: noqa: E501, SIM905  # word lists read best as running text

FIRST_WORDS = (
    "Amber Anchor Arbor Aspen Aurora Autumn Barley Basalt Beacon Birch Blackwood Blue Bramble Briar Bright Brook Cairn "
    "Calder Canopy Carrow Cedar Chalk Cinder Clearwater Cobalt Copper Coral Corvid Crescent Dalton Dapple Drift Dune "
    "Eastgate Elder Ember Fairway Fallow Fern Finch Flint Foxglove Garnet Glen Granite Greyfriars Halden Harbor Harrow "
    "Hawthorn Hazel Heather Heron Hollow Iris Ivory Juniper Kestrel Kite Lantern Larch Larkspur Linden Lowland Maple "
    "Marlow Marsh Meadow Meridian Mill Moss Nettle Northgate Oakfield Orchard Osprey Otter Pebble Pine Plover Poplar "
    "Quarry Quill Rowan Russet Saffron Sage Silver Slate Sorrel Sparrow Spruce Sterling Stonebridge Summit Tallow Tamarack "
    "Tern Thistle Timber Trident Umber Vale Verity Violet Walnut Waverly Westerly Wharf Willow Windward Wren Yarrow"
).split()
SECOND_WORDS = (
    "Acre Bank Bay Bluff Bridge Cape Cliff Cove Creek Cross Crown Dale Farm Field Fjord Ford Forge Gate Grove Haven Hearth "
    "Hill Holm House Isle Junction Key Lake Lane Ledge Light Lodge Loop Market Mark Mount Mews Notch Oak Park Path Peak "
    "Point Pond Port Quay Reach Ridge River Rock Row Shore Spring Square Star Stone Street Tower Vine Wall Water Way Wood Yard"
).split()
TRADES = (
    "Accounting;Analytics;Architects;Auctions;Bakehouse;Biologics;Books;Brewing;Builders;Capital;Care Homes;Catering;"
    "Ceramics;Chemicals;Clinics;Coffee;Cold Storage;Consulting;Credit Union;Dairy;Dental Group;Design;Diagnostics;"
    "Distribution;Electrical;Energy;Engineering;Events;Eye Care;Fabrication;Fasteners;Fisheries;Flooring;Foods;Freight;"
    "Furniture;Gardens;Glass;Grain;Hospitality;Hotels;Insurance;Instruments;Joinery;Labs;Landscapes;Legal;Lighting;"
    "Logistics;Manufacturing;Marine Supply;Media;Medical;Metals;Mutual;Optics;Outfitters;Packaging;Paper;Partners;"
    "Pharmacy;Plastics;Plumbing;Precision Parts;Press;Printing;Properties;Publishing;Recruitment;Renewables;Research;"
    "Robotics;Schools;Seeds;Shipping;Software;Staffing;Studios;Surveyors;Textiles;Timber;Tooling;Tours;Transit;"
    "Veterinary;Vineyards;Warehousing;Water;Wellness;Workshops"
).split(";")
PARTNER_TRADES = (
    "IT;IT Services;Technology;Systems;Networks;Managed Services;Data Systems;Solutions;Computing;Digital;Integrators"
).split(";")
LEGAL_FORMS = {
    "US": ("", "", "", "Inc.", "LLC", "Corp."),
    "CA": ("", "", "Inc.", "Ltd."),
    "GB": ("", "", "Ltd", "Ltd", "LLP"),
    "DE": ("GmbH", "GmbH", "AG", "GmbH & Co. KG"),
    "FR": ("SAS", "SARL", "SA", ""),
    "AU": ("", "Pty Ltd", "Pty Ltd"),
}

STREETS = {
    "US": "Cooperage Street;Larkspur Way;Foundry Street;Juniper Alley;Sawmill Road;Grain Exchange Lane;Pecan Terrace;"
    "Boathouse Landing;Slate Street;Tannery Court;Copper Beech Avenue".split(";"),
    "CA": "Cannery Road;Portage Street;Birch Hollow Drive;Ferry Street;Millrace Avenue;Snowberry Lane".split(";"),
    "GB": "Weavers Row;Saddlers Yard;Linden Grove;Loom Lane;Chandlers Court;Millrace Street;Thistle Walk;"
    "Cooper's Hill".split(";"),
    "DE": "Am Lindenhof;Linsenschleiferweg;Gerberstraße;Kornspeicherallee;An der Alten Schmiede".split(";"),
    "FR": "rue des Presses;rue du Vieux Moulin;allée des Tisserands;quai des Tonneliers;rue de la Forge".split(";"),
    "AU": "Banksia Street;Woolstore Lane;Plover Parade;Paperbark Road;Saltworks Drive".split(";"),
}
"""As they are written there, without a house number."""

GIVEN_NAMES = {
    "US": "Priya Dan Marta Tom Elena Jon Hana Carlos Ruth Sam Aisha Ben Claire Derek Erin Felix Grace Henry Imani Jorge "
    "Karen Luis Maya Nate Olivia Paul Quinn Rosa Steve Tara Uma Victor Wendy Xavier Yolanda Zach Angela Brian Denise Eric",
    "CA": "Liam Chloe Marc Sophie Noah Amelie Owen Zoe Ethan Jade Lucas Maeve Arjun Simone Kevin Nadia",
    "GB": "Oliver Amelia Harry Isla George Freya Imogen Callum Priti Rhys Eilidh Gareth Niamh Simon Tamsin Alistair Zara",
    "DE": "Anna Lukas Greta Jonas Katrin Matthias Sabine Uwe Heike Tobias Jana Stefan Birgit Florian Ayse Jürgen",
    "FR": "Camille Hugo Léa Mathieu Élodie Antoine Sylvie Bruno Nadia Thierry Manon Didier Claire Yann Inès",
    "AU": "Jack Matilda Lachlan Ruby Cooper Sienna Angus Mia Darcy Georgia Ravi Bronte Kylie Toby",
}
FAMILY_NAMES = {
    "US": "Raman Kim Ellison Okafor Voss Pritchard Sato Mendes Finch Whitlock Alvarez Bishop Castellano Dawson Eberhardt "
    "Fontaine Greer Hollis Ibarra Jansen Kessler Lindqvist Moreno Nakamura Osei Pruitt Quiroga Redmond Sandoval Tran "
    "Underhill Vance Whitaker Yoder Zielinski Abbott Barlow Cho Delgado Emerson",
    "CA": "Tremblay Gagnon MacLeod Singh Bouchard Wong Leblanc Fraser Roy Pelletier Chen Nguyen Murray Desrosiers",
    "GB": "Ashworth Bellamy Carrick Davies Evershed Fairbairn Gilchrist Hartley Iqbal Jessop Kinnear Lovell McBride "
    "Napier Oakes Patel Rutherford Sutcliffe Thorne Wainwright",
    "DE": "Albrecht Brandt Dietrich Engel Fuchs Grothe Hoffmann Jäger Krause Lindner Möller Neumann Pohl Reuter Schäfer "
    "Vogt Weiß Yilmaz",
    "FR": "Aubert Blanchard Chevalier Dumont Fournier Girard Hervé Joly Lacroix Marchand Perrin Renaud Tessier Vidal",
    "AU": "Abernathy Broadbent Callaghan Drummond Fairweather Hughes Kapoor Maddox O'Neill Pascoe Ryder Templeton",
}
ROLES = (
    "IT Manager", "Head of IT", "Systems Administrator", "Head of Operations", "Office Manager", "CFO", "Procurement",
    "IT Director", "Operations Director", "Network Engineer", "Owner", "Finance Manager", "Security Lead", "Purchasing",
)  # fmt: skip
PARTNER_ROLES = ("Renewals Desk", "Account Manager", "Licensing Specialist", "Sales Director", "Inside Sales", "Owner")
SEGMENTS = ("small", "mid-market", "enterprise")

PRODUCTS = (
    # vendor, family, name, part number, list price a seat and year in whole units of any currency
    ("Sentrylane", "Endpoint", "Sentrylane Endpoint Essentials", "SNL-EP-ESS", 29),
    ("Sentrylane", "Endpoint", "Sentrylane Endpoint Business", "SNL-EP-BUS", 46),
    ("Sentrylane", "Endpoint", "Sentrylane Endpoint Complete", "SNL-EP-CMP", 71),
    ("Sentrylane", "Mail", "Sentrylane Mail Filter", "SNL-ML-FLT", 18),
    ("Quillbase", "Workspace", "Quillbase Starter", "QLB-WS-STA", 62),
    ("Quillbase", "Workspace", "Quillbase Growth", "QLB-WS-GRO", 118),
    ("Quillbase", "Workspace", "Quillbase Scale", "QLB-WS-SCA", 214),
    ("Vaultmere", "Cloud Backup", "Vaultmere Cloud Backup", "VLT-CB-STD", 54),
    ("Vaultmere", "Server Backup", "Vaultmere Server Backup", "VLT-SB-STD", 97),
    ("Vaultmere", "Archive", "Vaultmere Mail Archive", "VLT-MA-STD", 33),
    ("Wayfold", "Access", "Wayfold Secure Access", "WYF-SA-STD", 84),
    ("Wayfold", "Firewall", "Wayfold Firewall Subscription", "WYF-FW-SUB", 132),
)
ADD_ONS = (("Phone support", 0.12), ("Device encryption", 0.18), ("Extended detection", 0.35), ("Training seats", 0.08))
DISTRIBUTORS = ("Harrowgate Distribution", "Continental IT Supply", None, None)
COMPETITORS = ("Bastionet", "Clearhold", "Mirrorline", "Pinecove Security")
